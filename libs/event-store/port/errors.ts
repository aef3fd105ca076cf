/** The store can't be reached or written just now; nothing was written, and the same call may be tried again. */
export class EventStoreUnavailableError extends Error {
  override readonly name = 'EventStoreUnavailableError';
  readonly code = 'event-store-unavailable';
}

/** A commit failed in a way that leaves open whether the events are there: reopen and append the same again. */
export class OutcomeUnknownError extends Error {
  override readonly name = 'OutcomeUnknownError';
  readonly code = 'outcome-unknown';
}

/** The log on disk can't be used: damaged, or shorter than its anchor. The message names positions and the way out. */
export class LogDamagedError extends Error {
  override readonly name = 'LogDamagedError';
  readonly code = 'log-damaged';
}

/** The log was written by a newer version, which this one can't read. */
export class LogFromNewerVersionError extends Error {
  override readonly name = 'LogFromNewerVersionError';
  readonly code = 'log-from-newer-version';
}
