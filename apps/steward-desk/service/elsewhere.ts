import type { EventStore } from '#libs/event-store/port';
import { RulesBook } from '#libs/rules';
import { problem, type ProblemError } from '../http/problem.ts';
import type { ImportService } from '../imports/import-service.ts';
import type { RulesService } from '../rules/rules-service.ts';

const elsewhere = (what: string): Promise<never> => Promise.reject(notHere(what));

const notHere = (what: string): ProblemError => problem(501, 'not-on-this-desk', what);

/** A desk of its own takes no files in: that is for whoever is at the log. */
export const IMPORTS_ELSEWHERE: ImportService = {
  start: ({ stream }) => {
    stream.resume();
    return elsewhere('This desk takes no files in: use `khop import` where the log is.');
  },
  get: () => Promise.resolve(undefined),
  list: () => Promise.resolve([]),
};

/** A desk of its own shows the rules; trying and activating them needs the linker's index, so that is done where it is. */
export function rulesElsewhere(store: EventStore): RulesService {
  const refuse = (): Promise<never> =>
    elsewhere('This desk does not try rules: use `khop rules check` and `khop rules activate` where the log is.');
  return {
    async list() {
      const book = await RulesBook.open(store);
      return {
        active: book.active() ?? null,
        activations: book.activations(),
        versions: book.versions(),
        rejudging: null,
      };
    },
    startDryRun: refuse,
    getDryRun: () => undefined,
    activate: refuse,
  };
}
