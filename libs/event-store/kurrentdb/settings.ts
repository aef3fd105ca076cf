import type { KurrentClient } from './client.ts';

/** A user of the server. It may read `$all`, which a server lets members of `$admins` do unless told otherwise. */
export interface KurrentDbCredentials {
  readonly username: string;
  readonly password: string;
}

/** Every bound of the store. Only `connectionString` must be given. */
export interface KurrentDbEventStoreOptions {
  /** `kurrentdb://host:2113?tls=false`, or `kurrentdb+discover://…` for a cluster; see `parseConnectionString`. */
  readonly connectionString: string;
  /** Names the log on its server: several may be on one. Letters, digits and `-`; its streams are called `<log>:<stream>`. */
  readonly log?: string;
  /** Instead of a user in the connection string; ignored by a server without TLS. */
  readonly credentials?: KurrentDbCredentials | undefined;
  /** PEM file with the certificate authority of the server. */
  readonly tlsCaFile?: string | undefined;
  /** PEM files of a user certificate and its key; both or none. */
  readonly userCertFile?: string | undefined;
  readonly userKeyFile?: string | undefined;
  /** What the server calls this connection in its logs. */
  readonly connectionName?: string;
  /** How long the server may take for one write. */
  readonly appendMilliseconds?: number;
  /** How long a read of a stream or of a page may take. */
  readonly readMilliseconds?: number;
  /** How long a filtered read of everything may take: the server looks through all that lies between. */
  readonly scanMilliseconds?: number;
  /** How long a call is tried again while the server can't be reached, before the store counts as unavailable. */
  readonly patienceMilliseconds?: number;
  /** Pause before a call is tried again: the first one, and the longest; it doubles from try to try. */
  readonly retryMilliseconds?: number;
  readonly maxRetryMilliseconds?: number;
  /** How often a live subscription looks by itself, should the server's own news not come. */
  readonly restPollMilliseconds?: number;
  /** Size of one event's data, metadata and type together. The server's own limit, `MaxAppendEventSize`, is 16 MiB by default. */
  readonly maxEventBytes?: number;
  /** Size of all events of one append. The server's own limit, `MaxAppendSize`, is 256 MiB by default. */
  readonly maxAppendBytes?: number;
  /** Waiting appends are sent in one write up to about this size, and this number. */
  readonly writeBytes?: number;
  readonly writeAppends?: number;
  /** Events in one call of `append`; more is a mistake of the caller. */
  readonly maxBatchEvents?: number;
  /** Calls of `append` that may wait for their turn. */
  readonly maxQueuedAppends?: number;
  /** How many of a stream's last events are searched for the ids of an append. */
  readonly idLookbackEvents?: number;
  /** Upper bound of a page's `limit`. */
  readonly maxPageEvents?: number;
  /** Streams that are read at once for one call. */
  readonly readsAtOnce?: number;
  /** Makes a client; in place of the real one in tests. */
  readonly connect?: (connectionString: string) => KurrentClient;
}

type Optional = 'credentials' | 'tlsCaFile' | 'userCertFile' | 'userKeyFile' | 'connect';
export type Settings = Required<Omit<KurrentDbEventStoreOptions, Optional>> &
  Pick<KurrentDbEventStoreOptions, Optional>;

export const LOG_NAME = /^[a-z0-9][a-z0-9-]{0,62}$/iu;

/** Throws `TypeError` for a name of a log that can't be one. */
export function settingsOf(options: KurrentDbEventStoreOptions): Settings {
  const settings = {
    log: 'khop',
    connectionName: `khop-${process.pid}`,
    appendMilliseconds: 10_000,
    readMilliseconds: 30_000,
    scanMilliseconds: 300_000,
    patienceMilliseconds: 10_000,
    retryMilliseconds: 20,
    maxRetryMilliseconds: 2_000,
    restPollMilliseconds: 1_000,
    maxEventBytes: 1_048_576,
    maxAppendBytes: 16_777_216,
    writeBytes: 4_194_304,
    writeAppends: 1_000,
    maxBatchEvents: 50_000,
    maxQueuedAppends: 10_000,
    idLookbackEvents: 32,
    maxPageEvents: 10_000,
    readsAtOnce: 16,
    ...options,
  };
  if (!LOG_NAME.test(settings.log)) throw new TypeError('A log has a name of 1 to 63 letters, digits and "-".');
  return settings;
}
