import { existsSync } from 'node:fs';
import { dataDirectory, openLog, ownData, RoleTakenError, startEngine, type DataDirectory } from '#apps/hub';
import type { EventStoreReader } from '#libs/event-store/port';
import { loadOrCreateSecret } from '#libs/event-store/sqlite';
import { createKeyedHash, type KeyedHash } from '#libs/platform';
import { CommandError } from './failure.ts';
import { startProgress } from './progress.ts';

/** A data directory that is only read. */
export interface ReadData {
  readonly directory: DataDirectory;
  readonly store: EventStoreReader;
  readonly hash: KeyedHash;
}

/**
 * Reads a data directory. Where no hub runs on it, everything in the log is judged and folded first, so that what is shown is
 * complete; a running hub keeps it so by itself.
 */
export async function readingData<T>(path: string, read: (data: ReadData) => Promise<T>): Promise<T> {
  const directory = existingDirectory(path);
  await bringUpToDate(directory);
  const store = await openLog(directory, { readOnly: true });
  try {
    return await read({ directory, store, hash: createKeyedHash(loadOrCreateSecret(directory.log)) });
  } finally {
    await store.close();
  }
}

/** The directory, if there is a log in it. Throws `CommandError` otherwise. */
export function existingDirectory(path: string): DataDirectory {
  const directory = dataDirectory(path);
  if (!existsSync(directory.log)) {
    throw new CommandError(
      'no-data',
      `There are no data of a hub in ${path}. Import files first, or name the right --data-dir.`,
    );
  }
  return directory;
}

async function bringUpToDate(directory: DataDirectory): Promise<void> {
  const owned = await ownData(directory).catch((error: unknown) => {
    if (error instanceof RoleTakenError) return undefined;
    throw error;
  });
  if (owned === undefined) return;
  try {
    const engine = await startEngine(directory, owned.store);
    const progress = startProgress('judging');
    try {
      await engine.caughtUp((position, head) => progress.update(position, head));
    } finally {
      progress.end();
      await engine.close();
    }
  } finally {
    await owned.close();
  }
}
