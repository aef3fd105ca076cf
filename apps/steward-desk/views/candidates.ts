import { candidatesProjection, findCandidates } from '#libs/projections/candidates';
import { openViewReader } from '#libs/projections';
import type { StewardDeskDeps } from '../desk-deps.ts';

type FindCandidates = NonNullable<StewardDeskDeps['findCandidates']>;

/** Finds who comes into question for a person that a check did not find. */
export function createCandidateFinder({ store, views }: Pick<StewardDeskDeps, 'store' | 'views'>): {
  find: FindCandidates;
  close(): void;
} {
  const view = openViewReader(views, candidatesProjection);
  return {
    find: async (person) =>
      (await findCandidates(view, store, person)).map(({ version, ...candidate }) => ({
        ...candidate,
        resident: version,
      })),
    close: () => view.close(),
  };
}
