import type { Command } from 'commander';
import { basename } from 'node:path';
import {
  dataDirectory,
  holdAbsence,
  importFile,
  ownData,
  RoleTakenError,
  startEngine,
  type DataDirectory,
  type ImportFile,
  type OwnedData,
} from '#apps/hub';
import { describeFailure, EXIT } from '../failure.ts';
import { dataDirOption, jsonOption } from '../options.ts';
import { note, print } from '../output.ts';
import { startProgress } from '../progress.ts';
import { describeReport, reportAsJson } from './import-report.ts';
import { importThroughHub } from './import-through-hub.ts';
import type { FileOutcome, ImportOptions } from './import-outcome.ts';

export function addImport(program: Command): void {
  program
    .command('import')
    .description('take the records of files in: JSONL, CSV or XLSX; through the running hub where there is one')
    .argument('<files...>', 'the files; residents.jsonl or enterprise.csv tell by their names what they hold')
    .option('--registry <name>', 'the registry that the records come from')
    .option('--record <type>', 'the record type, where the files’ names do not tell it')
    .option('--encoding <name>', 'utf-8, utf-16, windows-1258, tcvn3 or vni, where it can’t be recognised for certain')
    .option('--snapshot', 'the file is all that the registry has: report the keys that have vanished', false)
    .option('--dry-run', 'append nothing, and report what would be done', false)
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(run);
}

async function run(paths: readonly string[], options: ImportOptions): Promise<void> {
  const directory = dataDirectory(options.dataDir);
  const owned = await ownData(directory).catch((error: unknown) => {
    if (error instanceof RoleTakenError) return undefined;
    throw error;
  });
  const outcomes =
    owned === undefined
      ? await importThroughHub(directory, paths, options)
      : await importHere(owned, directory, paths, options);
  if (options.json) print(JSON.stringify(outcomes.map(reportAsJson), undefined, 2));
  else for (const outcome of outcomes) print(describeReport(outcome));
  process.exitCode = exitCodeOf(outcomes);
}

function exitCodeOf(outcomes: readonly FileOutcome[]): number {
  if (outcomes.some((outcome) => 'failure' in outcome)) return EXIT.failed;
  return outcomes.some((outcome) => 'report' in outcome && outcome.report.quarantined > 0)
    ? EXIT.someQuarantined
    : EXIT.allTaken;
}

/** Takes the data directory for itself, and ends when everything has been judged and can be seen. */
async function importHere(
  owned: OwnedData,
  directory: DataDirectory,
  paths: readonly string[],
  options: ImportOptions,
): Promise<readonly FileOutcome[]> {
  try {
    // Held from before anything follows the log: what an import that was cut short has left out is not absent, this one brings it.
    const hold = await holdAbsence(owned);
    const engine = await startEngine(directory, owned.store);
    try {
      const outcomes: FileOutcome[] = [];
      for (const path of paths) outcomes.push(await importOne(owned, directory, path, options));
      await hold.release();
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

async function importOne(
  owned: OwnedData,
  directory: DataDirectory,
  path: string,
  options: ImportOptions,
): Promise<FileOutcome> {
  const { registry, record, encoding, snapshot, dryRun } = options;
  const file: ImportFile = { path, registry, record, encoding, snapshot, dryRun, actor: 'khop import' };
  const progress = startProgress(basename(path));
  try {
    const report = await importFile(owned, directory, file, ({ read, readBytes, totalBytes }) =>
      progress.update(read, readBytes === 0 ? read : Math.round((read * totalBytes) / readBytes)),
    );
    return { file: path, report };
  } catch (error) {
    if (process.env['KHOP_DEBUG'] === 'true') note(String(error));
    return { file: path, failure: describeFailure(error) };
  } finally {
    progress.end();
  }
}
