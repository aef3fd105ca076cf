import { open, type FileHandle } from 'node:fs/promises';
import { FileRefusedError } from './file-errors.ts';

/** How far a file has been read. */
export class ReadMeter {
  readonly totalBytes: number;
  #readBytes = 0;

  constructor(totalBytes: number) {
    this.totalBytes = totalBytes;
  }

  get readBytes(): number {
    return this.#readBytes;
  }

  add(bytes: number): void {
    this.#readBytes += bytes;
  }
}

/** Reads a file in chunks; each is a buffer of its own. */
export async function* chunksOf(path: string, chunkBytes: number, meter?: ReadMeter): AsyncGenerator<Buffer> {
  const file = await openForReading(path);
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes);
      if (bytesRead === 0) return;
      meter?.add(bytesRead);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** Opens a file. Throws `FileRefusedError` (`unreadable`) when there is none, or it is no file, or may not be read. */
export async function openForReading(path: string): Promise<FileHandle> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    throw new FileRefusedError('unreadable', `The file can't be opened: ${whyOf(error)}.`, { cause: error });
  }
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new FileRefusedError('unreadable', 'This is not a file. Name a file, not a directory or device.');
}

function whyOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'you may not read it';
  return typeof code === 'string' ? code : 'unknown error';
}
