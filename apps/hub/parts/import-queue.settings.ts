export interface ImportQueueSettings {
  /** Files that may wait for their turn. */
  readonly maxWaiting: number;
  /** Imports whose outcome is remembered. */
  readonly maxRemembered: number;
  /** How long absence is still held back after the last file, for one that belongs to it. */
  readonly graceMilliseconds: number;
  /** How often the end of a hold is tried again while the log can't be written. */
  readonly retryMilliseconds: number;
}

export const DEFAULT_IMPORT_QUEUE_SETTINGS: ImportQueueSettings = {
  maxWaiting: 100,
  maxRemembered: 1000,
  graceMilliseconds: 500,
  retryMilliseconds: 1000,
};
