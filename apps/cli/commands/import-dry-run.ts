import type { FileOutcome, ImportOptions } from './import-outcome.ts';
import { comparingWithLog, dataDirectory } from '#apps/hub';
import { importOne } from './import-one.ts';

/** Says what an import would do. Reads the log, beside a running hub too, and writes nothing. */
export async function importDryRun(paths: readonly string[], options: ImportOptions): Promise<readonly FileOutcome[]> {
  const directory = dataDirectory(options.dataDir);
  const outcomes: FileOutcome[] = [];
  for (const path of paths) {
    outcomes.push(await comparingWithLog(directory, (deps) => importOne(deps, directory, path, options)));
  }
  return outcomes;
}
