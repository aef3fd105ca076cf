import { chmodSync, createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A stream that was written to a file: it is read twice, and a workbook from its end. */
export interface SpooledFile {
  readonly path: string;
  remove(): void;
}

/** Makes a directory for spooled files, for its owner's eyes only, and removes what a process that died has left in it. */
export function openSpool(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // Another umask, or a directory that could not be removed, must not open it to others.
  chmodSync(directory, 0o700);
}

/** Writes a stream, such as an upload, to a file in the spool. What was written of one that fails, as on a full disk, is removed. */
export async function spoolFile(spool: string, stream: Readable, signal?: AbortSignal): Promise<SpooledFile> {
  const directory = mkdtempSync(join(spool, 'upload-'));
  const path = join(directory, 'upload');
  const remove = (): void => rmSync(directory, { recursive: true, force: true });
  try {
    await pipeline(stream, createWriteStream(path, { mode: 0o600 }), { ...(signal === undefined ? {} : { signal }) });
  } catch (error) {
    remove();
    throw error;
  }
  return { path, remove };
}
