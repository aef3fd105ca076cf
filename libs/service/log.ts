import { join } from 'node:path';
import { KurrentDbEventStore, readKurrentDbOptions } from '#libs/event-store/kurrentdb';
import type { EventStore } from '#libs/event-store/port';
import { publishing } from '#libs/event-store/publishing';
import { loadOrCreateSecret, SqliteEventStore } from '#libs/event-store/sqlite';
import { upcasting } from '#libs/event-store/upcasting';
import { createKeyedHash, type KeyedHash } from '#libs/platform';

/** The log that a service works on. */
export interface ServiceLog {
  readonly store: EventStore;
  readonly hash: KeyedHash;
  /** Where the secret and the roles of the processes on the log are, and the log itself where it is a file. */
  readonly directory: string;
}

/** Opens the log of a data directory, which the services of one machine share. Throws what the adapters' `open` throws. */
export async function openServiceLog(
  dataDir: string,
  service: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ServiceLog> {
  const directory = join(dataDir, 'log');
  return {
    store: await openStore(directory, service, environment),
    hash: createKeyedHash(loadOrCreateSecret(directory)),
    directory,
  };
}

/** The log of a cluster where one is named, else the file that the services of this machine share. */
export async function openStore(
  directory: string,
  service: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<EventStore> {
  const cluster = readKurrentDbOptions(environment, `khop-${service}`);
  return upcasting(
    cluster === undefined
      ? publishing(await SqliteEventStore.open({ directory }), 'sqlite')
      : publishing(await KurrentDbEventStore.open(cluster), 'kurrentdb'),
  );
}
