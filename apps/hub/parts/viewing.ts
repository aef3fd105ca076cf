import { systemClock } from '#libs/platform';
import { appendSetAside, runProjections, type RunningProjections } from '#libs/projections/engine';
import type { DataDirectory } from '../data-directory.ts';
import { hubProjections } from './projections.ts';
import { openLog } from './log.ts';

export interface Viewing {
  readonly projections: RunningProjections;
  close(): Promise<void>;
}

/** Keeps the views of a data directory up to date, in this thread. */
export async function startViewing(
  directory: DataDirectory,
  onProblem?: (view: string, message: string) => void,
): Promise<Viewing> {
  const store = await openLog(directory);
  const projections = await runProjections({
    store,
    directory: directory.views,
    projections: hubProjections(),
    journal: (decision) => appendSetAside(store, decision, systemClock()),
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
