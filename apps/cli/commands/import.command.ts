import type { Command } from 'commander';
import {
  dataDirectory,
  holdAbsence,
  isLinkedElsewhere,
  ownData,
  RoleTakenError,
  startEngine,
  type DataDirectory,
  type OwnedData,
} from '#apps/hub';
import { EXIT } from '../failure.ts';
import { dataDirOption, jsonOption } from '../options.ts';
import { note, print } from '../output.ts';
import { startProgress } from '../progress.ts';
import { importDryRun } from './import-dry-run.ts';
import { importOne } from './import-one.ts';
import { describeReport, reportAsJson } from './import-report.ts';
import { importThroughHub } from './import-through-hub.ts';
import type { FileOutcome, ImportOptions } from './import-outcome.ts';

/** Options and action of `khop import`. */
export function defineImport(command: Command): void {
  command
    .argument('<files...>', 'the files; residents.jsonl or enterprise.csv tell by their names what they hold')
    .option('--registry <name>', 'the registry that the records come from')
    .option('--record <type>', 'the record type, where the files’ names do not tell it')
    .option('--encoding <name>', 'utf-8, utf-16, windows-1258, tcvn3 or vni, where it can’t be recognised for certain')
    .option('--snapshot', 'the file is all that the registry has: report the keys that have vanished', false)
    .option('--dry-run', 'compare with what the hub has and report what would be done; write nothing', false)
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(run);
}

async function run(paths: readonly string[], options: ImportOptions): Promise<void> {
  const outcomes = options.dryRun ? await importDryRun(paths, options) : await importFiles(paths, options);
  if (options.json) print(JSON.stringify(outcomes.map(reportAsJson), undefined, 2));
  else for (const outcome of outcomes) print(describeReport(outcome));
  process.exitCode = exitCodeOf(outcomes);
}

async function importFiles(paths: readonly string[], options: ImportOptions): Promise<readonly FileOutcome[]> {
  const directory = dataDirectory(options.dataDir);
  const owned = await ownData(directory).catch((error: unknown) => {
    if (error instanceof RoleTakenError) return undefined;
    throw error;
  });
  return owned === undefined
    ? importThroughHub(directory, paths, options)
    : importHere(owned, directory, paths, options);
}

function exitCodeOf(outcomes: readonly FileOutcome[]): number {
  if (outcomes.some((outcome) => 'failure' in outcome)) return EXIT.failed;
  return outcomes.some((outcome) => 'report' in outcome && outcome.report.quarantined > 0)
    ? EXIT.someQuarantined
    : EXIT.allTaken;
}

/**
 * Takes the data directory's files in, and ends when everything has been judged and can be seen. Where a linker runs on the
 * directory as a service of its own, judging is left to it.
 */
async function importHere(
  owned: OwnedData,
  directory: DataDirectory,
  paths: readonly string[],
  options: ImportOptions,
): Promise<readonly FileOutcome[]> {
  try {
    // Held from before anything follows the log: what an import that was cut short has left out is not absent, this one brings it.
    const hold = await holdAbsence(owned);
    const elsewhere = isLinkedElsewhere(directory);
    const engine = await startEngine(directory, owned.store, { linkedElsewhere: elsewhere });
    try {
      const outcomes: FileOutcome[] = [];
      for (const path of paths) outcomes.push(await importOne(owned, directory, path, options));
      await hold.release();
      if (elsewhere) note('A linker runs on this data directory as a service: it judges what was taken in.');
      const progress = startProgress('judging');
      await engine.caughtUp((position, head) => progress.update(position, head)).finally(() => progress.end());
      return outcomes;
    } finally {
      await engine.close();
    }
  } finally {
    await owned.close();
  }
}
