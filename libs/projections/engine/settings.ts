/** Every bound of the engine; each has a default. */
export interface ProjectionSettings {
  /** Events read at once, and folded in one commit, while catching up. */
  readonly batchEvents?: number;
  /** A live page of this many events is followed by a short wait, so that the next is larger. */
  readonly gatherEvents?: number;
  readonly maxGatherMilliseconds?: number;
  /** Of each view's file. */
  readonly cacheMegabytes?: number;
  /** WAL pages of a view after which a commit moves them into its main file. */
  readonly checkpointPages?: number;
  /** More events that can't be folded than this stop a view. */
  readonly maxDeadLetters?: number;
  /** First and longest wait before a view that failed is tried again. */
  readonly retryMilliseconds?: number;
  readonly maxRetryMilliseconds?: number;
  /** Milliseconds since 1970: for what is told about dead letters and lag, never for rows. */
  readonly clock?: () => number;
}

export type Settings = Required<ProjectionSettings>;

export function settingsOf({
  batchEvents = 2_000,
  gatherEvents = 100,
  maxGatherMilliseconds = 250,
  cacheMegabytes = 48,
  checkpointPages = 8_000,
  maxDeadLetters = 10_000,
  retryMilliseconds = 100,
  maxRetryMilliseconds = 30_000,
  clock = Date.now,
}: ProjectionSettings): Settings {
  return {
    batchEvents,
    gatherEvents,
    maxGatherMilliseconds,
    cacheMegabytes,
    checkpointPages,
    maxDeadLetters,
    retryMilliseconds,
    maxRetryMilliseconds,
    clock,
  };
}
