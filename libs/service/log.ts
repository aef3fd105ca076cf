import { join } from 'node:path';
import type { EventStore } from '#libs/event-store/port';
import { loadOrCreateSecret, SqliteEventStore } from '#libs/event-store/sqlite';
import { upcasting } from '#libs/event-store/upcasting';
import { createKeyedHash, type KeyedHash } from '#libs/platform';

/** The log that a service works on. */
export interface ServiceLog {
  readonly store: EventStore;
  readonly hash: KeyedHash;
  /** Where the log and the roles of the processes on it are. */
  readonly directory: string;
}

/** Opens the log of a data directory, which the services of one machine share. Throws what `SqliteEventStore.open` throws. */
export async function openServiceLog(dataDir: string): Promise<ServiceLog> {
  const directory = join(dataDir, 'log');
  const store = upcasting(await SqliteEventStore.open({ directory }));
  return { store, hash: createKeyedHash(loadOrCreateSecret(directory)), directory };
}
