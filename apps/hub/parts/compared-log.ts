import { randomBytes } from 'node:crypto';
import type { EventStore } from '#libs/event-store/port';
import { EventStoreUnavailableError, START } from '#libs/event-store/port';
import { findQuietLog, hasLog, loadOrCreateSecret, SqliteEventStore } from '#libs/event-store/sqlite';
import { upcasting } from '#libs/event-store/upcasting';
import { createKeyedHash, newId, systemClock } from '#libs/platform';
import type { IntakeDeps } from '#libs/registries/intake';
import type { DataDirectory } from '../data-directory.ts';

const SECRET_BYTES = 32;

/**
 * Lets something be compared with the log of a data directory, and leaves the directory as it is: nothing is made in it, not even
 * where there is none, nor the files that SQLite keeps beside a database which it reads. Where somebody writes to the log meanwhile,
 * it is compared again, beside the writer.
 */
export async function comparingWithLog<T>(
  { log }: DataDirectory,
  compare: (deps: IntakeDeps) => Promise<T>,
): Promise<T> {
  if (!hasLog(log)) return compare({ ...deps, store: EMPTY_LOG, hash: createKeyedHash(randomBytes(SECRET_BYTES)) });
  const hash = createKeyedHash(loadOrCreateSecret(log));
  const reading = async (immutable: boolean): Promise<T> => {
    const store = upcasting(await SqliteEventStore.open({ directory: log, readOnly: true, immutable }));
    try {
      return await compare({ ...deps, store, hash });
    } finally {
      await store.close();
    }
  };
  const quiet = findQuietLog(log);
  if (quiet === undefined) return reading(false);
  try {
    const result = await reading(true);
    if (!quiet.hasChanged()) return result;
  } catch (error) {
    if (!quiet.hasChanged()) throw error;
  }
  return reading(false);
}

const deps = { clock: systemClock, newId };

/** What is compared where there is no log yet. */
const EMPTY_LOG: EventStore = {
  append: () => Promise.reject(new EventStoreUnavailableError('Nothing is appended while things are compared.')),
  readStream: () => Promise.resolve([]),
  readVersions: (refs) => Promise.resolve(refs.map(() => undefined)),
  readAll: () => Promise.resolve({ events: [], position: START, end: true }),
  async *subscribe() {
    yield { kind: 'caught-up', position: START };
  },
  head: () => Promise.resolve(START),
  pointAt: () => Promise.resolve(undefined),
  close: () => Promise.resolve(),
};
