import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { findHubAddress, type DataDirectory, type ImportReport } from '#apps/hub';
import type { ImportItem } from '#contracts/http';
import { CommandError, describeFailure } from '../failure.ts';
import { startProgress } from '../progress.ts';
import type { FileOutcome, ImportOptions } from './import-outcome.ts';

const POLL_MILLISECONDS = 200;

/** Hands the files to the hub that runs on the data directory: all of them first, so that it takes them as one. */
export async function importThroughHub(
  directory: DataDirectory,
  paths: readonly string[],
  options: ImportOptions,
): Promise<readonly FileOutcome[]> {
  const url = await findHubAddress(directory);
  if (url === undefined) {
    throw new CommandError(
      'hub-not-ready',
      'Something runs on this data directory, an import or a hub that is starting: wait for it, and try again.',
    );
  }
  const started: (FileOutcome | { readonly file: string; readonly importId: string })[] = [];
  for (const file of paths) {
    try {
      started.push({ file, importId: await upload(url, file, options) });
    } catch (error) {
      started.push({ file, failure: describeFailure(error) });
    }
  }
  const outcomes: FileOutcome[] = [];
  for (const item of started) outcomes.push('importId' in item ? await outcomeOf(url, item.file, item.importId) : item);
  return outcomes;
}

/** Throws what opening the file throws, before anything is asked of the hub. */
async function upload(
  url: string,
  file: string,
  { registry, record, encoding, snapshot }: ImportOptions,
): Promise<string> {
  const handle = await open(file);
  const query = new URLSearchParams({
    ...(registry !== undefined && { registry }),
    ...(record !== undefined && { record }),
    ...(encoding !== undefined && { encoding }),
    ...(snapshot && { snapshot: 'true' }),
  });
  const response = await ask(new URL(`/api/v1/imports?${query.toString()}`, url), {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      'khop-file-name': encodeURIComponent(basename(file)),
      'khop-actor': 'khop import',
    },
    body: Readable.toWeb(handle.createReadStream()) as ReadableStream,
    duplex: 'half',
  });
  const answer = (await response.json()) as { importId?: string; detail?: string; title?: string };
  if (answer.importId === undefined) {
    throw new CommandError(
      'hub-refused',
      answer.detail ?? answer.title ?? `The hub refused the file (${response.status}).`,
    );
  }
  return answer.importId;
}

/** Throws `CommandError` where the hub no longer answers. */
async function ask(url: URL, request?: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch {
    throw new CommandError(
      'hub-gone',
      'The hub no longer answers. What it has taken in is safe; start it again, or import without it, and the rest follows.',
    );
  }
}

async function outcomeOf(url: string, file: string, importId: string): Promise<FileOutcome> {
  const progress = startProgress(basename(file));
  try {
    for (;;) {
      const status = (await (await ask(new URL(`/api/v1/imports/${importId}`, url))).json()) as ImportItem;
      progress.update(status.progress.read);
      if (status.state === 'failed') {
        return { file, failure: status.problem?.detail ?? 'The hub could not take it in.' };
      }
      if (status.state === 'completed' && status.report !== null)
        return { file, report: reportOf(status, status.report) };
      await setTimeout(POLL_MILLISECONDS);
    }
  } finally {
    progress.end();
  }
}

/** The report as the command has it when it takes a file in by itself. */
function reportOf({ registry, record }: ImportItem, report: NonNullable<ImportItem['report']>): ImportReport {
  const { rejectedFile, vanished, unknownFields, ...rest } = report;
  return {
    ...rest,
    registry: registry ?? '',
    record: record ?? '',
    unknownFields: new Map(Object.entries(unknownFields)),
    ...(rejectedFile !== null && { rejectedFile }),
    ...(vanished !== null && {
      vanished: { count: vanished.count, ...(vanished.file !== null && { file: vanished.file }) },
    }),
  };
}
