/** Where something goes wrong on purpose: for tests of what happens then. Each may throw an error with an SQLite `errcode`. */
export interface StoreFaults {
  /** Called in place of the commit, which it may carry out, before or after failing, or not at all. */
  readonly commit?: (commit: () => void) => void;
  /** Called before each event is written. */
  readonly write?: () => void;
}

/** Every bound of the store. Only `directory` must be given. */
export interface SqliteEventStoreOptions {
  /** Holds `log.db`, `anchor.json`, `secret.key` and the role locks. Created when missing. */
  readonly directory: string;
  /** Never writes; there must be a log already. */
  readonly readOnly?: boolean;
  /** Nobody writes to the log while it is open (`findQuietLog`): SQLite then leaves no files of its own beside it. With `readOnly`. */
  readonly immutable?: boolean;
  /** Milliseconds since 1970, for `recordedAt`. */
  readonly clock?: () => number;
  readonly cacheMegabytes?: number;
  /** WAL pages after which a commit moves them into the main file. */
  readonly checkpointPages?: number;
  /** Size of one event's public and personal parts together. */
  readonly maxEventBytes?: number;
  /** Size of all events of one append. */
  readonly maxAppendBytes?: number;
  /** Events in one call of `append`; more is a mistake of the caller. */
  readonly maxBatchEvents?: number;
  /** Calls of `append` that may wait for their turn. */
  readonly maxQueuedAppends?: number;
  /** Waiting calls are put into one commit up to about this many events. */
  readonly commitEvents?: number;
  /** A commit of this many events or more is a bulk commit. */
  readonly bulkEvents?: number;
  /** Pause after a bulk commit, so that another process gets its turn. */
  readonly bulkPauseMilliseconds?: number;
  /** How long to wait while another process is writing, before the store counts as unavailable. */
  readonly busyMilliseconds?: number;
  /** How many of a stream's last events are searched for the ids of an append. */
  readonly idLookbackEvents?: number;
  /** Events looked at for one page, those that the filter leaves out included. */
  readonly scanEvents?: number;
  /** Upper bound of a page's `limit`. */
  readonly maxPageEvents?: number;
  /** How often a live subscription looks for what other processes have written: just after news, and at rest. */
  readonly pollMilliseconds?: number;
  readonly restPollMilliseconds?: number;
  /** How late the anchor may follow the head. */
  readonly anchorMilliseconds?: number;
  /** Start with a log that is shorter than its anchor or differs from it, and anchor it anew: what is lost stays lost. */
  readonly acceptShorterLog?: boolean;
  readonly faults?: StoreFaults;
}

export type Settings = Required<SqliteEventStoreOptions>;

export function settingsOf(options: SqliteEventStoreOptions): Settings {
  return {
    readOnly: false,
    immutable: false,
    clock: Date.now,
    cacheMegabytes: 64,
    checkpointPages: 4_000,
    maxEventBytes: 1_048_576,
    maxAppendBytes: 16_777_216,
    maxBatchEvents: 50_000,
    maxQueuedAppends: 10_000,
    commitEvents: 1_000,
    bulkEvents: 200,
    bulkPauseMilliseconds: 2,
    busyMilliseconds: 10_000,
    idLookbackEvents: 32,
    scanEvents: 20_000,
    maxPageEvents: 10_000,
    pollMilliseconds: 2,
    restPollMilliseconds: 5,
    anchorMilliseconds: 500,
    acceptShorterLog: false,
    faults: {},
    ...options,
  };
}
