import { basename } from 'node:path';
import { commandSettings, importFile, type DataDirectory, type ImportFile } from '#apps/hub';
import type { IntakeDeps } from '#libs/registries/intake';
import { describeFailure } from '../failure.ts';
import { note } from '../output.ts';
import { startProgress } from '../progress.ts';
import type { FileOutcome, ImportOptions } from './import-outcome.ts';

/** Takes one file in, or only compares it with the log, showing how far it is. A file that can't be taken in is an outcome too. */
export async function importOne(
  deps: IntakeDeps,
  directory: DataDirectory,
  path: string,
  { registry, record, encoding, snapshot, dryRun }: ImportOptions,
): Promise<FileOutcome> {
  const file: ImportFile = { path, registry, record, encoding, snapshot, dryRun, actor: 'khop import' };
  const progress = startProgress(basename(path));
  try {
    const report = await importFile(
      deps,
      directory,
      file,
      ({ read, readBytes, totalBytes }) =>
        progress.update(read, readBytes === 0 ? read : Math.round((read * totalBytes) / readBytes)),
      { bounds: commandSettings(process.env).files },
    );
    return { file: path, report };
  } catch (error) {
    if (process.env['KHOP_DEBUG'] === 'true') note(String(error));
    return { file: path, failure: describeFailure(error) };
  } finally {
    progress.end();
  }
}
