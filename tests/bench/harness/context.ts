import type { BenchOptions } from './options.ts';
import type { Workspace } from './workspace.ts';

/** What every bench is given. */
export interface BenchContext {
  readonly options: BenchOptions;
  readonly workspace: Workspace;
  readonly onStep: (text: string) => void;
}
