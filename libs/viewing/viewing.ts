import { SqliteEventStore, type SqliteEventStoreOptions } from '#libs/event-store/sqlite';
import { upcasting } from '#libs/event-store/upcasting';
import { runProjections, type ProjectionSettings, type RunningProjections } from '#libs/projections/engine';
import { startThread, type Thread } from '#libs/threads';
import { allProjections } from './projections.ts';

/** Where the views come from and where they are kept. */
export interface ViewingInput {
  /** Directory of the log. */
  readonly log: string;
  /** Directory of the views. */
  readonly views: string;
  /** Bounds of reading the log and of folding; those that are left out are the defaults. */
  readonly settings?: {
    readonly log?: Pick<SqliteEventStoreOptions, 'cacheMegabytes' | 'busyMilliseconds'>;
    readonly views?: ProjectionSettings;
  };
}

export interface Viewing {
  readonly projections: RunningProjections;
  close(): Promise<void>;
}

/** Keeps the views of a log up to date, in this thread. */
export async function startViewing(
  { log, views, settings }: ViewingInput,
  onProblem?: (view: string, message: string) => void,
): Promise<Viewing> {
  const store = upcasting(await SqliteEventStore.open({ ...settings?.log, directory: log }));
  const projections = await runProjections({
    ...settings?.views,
    store,
    directory: views,
    projections: allProjections(),
    onProblem: (view, problem) => onProblem?.(view, problem.message),
  });
  return {
    projections,
    async close() {
      await projections.close();
      await store.close();
    },
  };
}

/** Keeps the views of a log up to date, in a thread of its own. */
export const startViewingThread = (input: ViewingInput): Promise<Thread> =>
  startThread(new URL('./viewing.thread.js', import.meta.url), input, () => undefined);
