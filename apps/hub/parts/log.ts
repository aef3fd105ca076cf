import type { EventStore } from '#libs/event-store/port';
import { publishing } from '#libs/event-store/publishing';
import { SqliteEventStore, type SqliteEventStoreOptions } from '#libs/event-store/sqlite';
import { upcasting } from '#libs/event-store/upcasting';
import type { DataDirectory } from '../data-directory.ts';

/** Opens the log of a data directory; old versions of events read as the newest. Throws what `SqliteEventStore.open` throws. */
export async function openLog(
  { log }: DataDirectory,
  options: Omit<SqliteEventStoreOptions, 'directory'> = {},
): Promise<EventStore> {
  return upcasting(publishing(await SqliteEventStore.open({ directory: log, ...options }), 'sqlite'));
}
