import { rmSync } from 'node:fs';

/** SQLITE_CORRUPT and SQLITE_NOTADB: the file can't be read any more, and only folding it anew helps. */
const DAMAGED: ReadonlySet<number> = new Set([11, 26]);
const PRIMARY_RESULT = 0xff;
/** A database in WAL mode is three files. */
const FILES = ['', '-wal', '-shm'];

/** The linker's index can't be read. It holds nothing that the log does not. */
export class IndexDamagedError extends Error {
  override readonly name = 'IndexDamagedError';
  readonly code = 'linker-index-damaged';
}

/** Does something with the index's file. Throws `IndexDamagedError` where that shows that the file is damaged. */
export function whenWhole<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!isDamage(error)) throw error;
    throw new IndexDamagedError('The index of the linker can’t be read.', { cause: error });
  }
}

function isDamage(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    DAMAGED.has(error.errcode & PRIMARY_RESULT)
  );
}

/** Throws an index away; nobody may have it open. */
export function removeIndex(file: string): void {
  for (const suffix of FILES) rmSync(`${file}${suffix}`, { force: true });
}
