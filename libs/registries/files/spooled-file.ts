import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A stream that was written to a temporary file: a file is read twice, and a workbook from its end. */
export interface SpooledFile {
  readonly path: string;
  remove(): void;
}

/** Writes a stream, such as an upload, to a temporary file that only its owner may read. */
export async function spoolFile(stream: Readable, signal?: AbortSignal): Promise<SpooledFile> {
  const directory = mkdtempSync(join(tmpdir(), 'khop-upload-'));
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
