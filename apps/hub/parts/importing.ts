import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { encodingNamed, openRecordFile, type FileBounds } from '#libs/registries/files';
import { takeRecords, type IntakeDeps, type IntakeReport } from '#libs/registries/intake';
import type { DataDirectory } from '../data-directory.ts';

/** A file to be taken in. */
export interface ImportFile {
  readonly path: string;
  /** What the file was called where it came from; tells what it holds unless that is stated. May be personal. */
  readonly fileName?: string | undefined;
  readonly registry?: string | undefined;
  readonly record?: string | undefined;
  readonly encoding?: string | undefined;
  /** The file is all that the source has. */
  readonly snapshot?: boolean | undefined;
  /** Write nothing, and report what would be done. */
  readonly dryRun?: boolean | undefined;
  readonly actor: string;
  readonly traceparent?: string | undefined;
}

export interface ImportProgress {
  readonly read: number;
  readonly taken: number;
  readonly quarantined: number;
  readonly readBytes: number;
  readonly totalBytes: number;
}

/** What an import did: the report of its intake, and what was passed over in the file, in words. */
export interface ImportReport extends IntakeReport {
  readonly notes: readonly string[];
}

/** Throws `FileRefusedError` for a file that can't be taken in at all, and `UnknownEncodingError`. */
export async function importFile(
  deps: IntakeDeps,
  directory: DataDirectory,
  file: ImportFile,
  onProgress: (progress: ImportProgress) => void,
  { signal, bounds }: { readonly signal?: AbortSignal; readonly bounds?: FileBounds } = {},
): Promise<ImportReport> {
  const source = await openRecordFile(file.path, {
    ...(bounds !== undefined && { bounds }),
    ...(file.fileName !== undefined && { fileName: file.fileName }),
    ...(file.registry !== undefined && { registry: file.registry }),
    ...(file.record !== undefined && { record: file.record }),
    ...(file.encoding !== undefined && { encoding: statedEncoding(file.encoding) }),
  });
  const files = file.dryRun === true ? {} : filesBeside(directory, `${source.definition.record}-${deps.newId()}`);
  const report = await takeRecords(
    deps,
    {
      definition: source.definition,
      source: { kind: 'file', fileName: source.fileName },
      snapshot: file.snapshot ?? false,
      dryRun: file.dryRun ?? false,
      ...files,
      actor: file.actor,
      ...(signal !== undefined && { signal }),
      ...(file.traceparent !== undefined && { traceparent: file.traceparent }),
      onProgress(progress) {
        const { readBytes, totalBytes } = source.progress;
        onProgress({ ...progress, readBytes, totalBytes });
      },
    },
    source.rows,
  );
  return { ...report, notes: source.notes };
}

/** Where these files are is told in the report: their names must not repeat that of the file taken in. */
function filesBeside({ rejected }: DataDirectory, name: string) {
  mkdirSync(rejected, { recursive: true });
  return { rejectedFile: join(rejected, `${name}.jsonl`), vanishedFile: join(rejected, `${name}.vanished.txt`) };
}

function statedEncoding(name: string) {
  const encoding = encodingNamed(name);
  if (encoding === undefined)
    throw new UnknownEncodingError(
      'There is no encoding of that name. There are utf-8, utf-16, windows-1258, tcvn3 and vni.',
    );
  return encoding;
}

/** An encoding was named that the hub does not know. */
export class UnknownEncodingError extends Error {
  override readonly name = 'UnknownEncodingError';
  readonly code = 'unknown-encoding-name';
}
