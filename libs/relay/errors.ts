/** Another relay has begun on the same log: this one has published nothing since, and must not go on. */
export class RelayFencedError extends Error {
  override readonly name = 'RelayFencedError';
  readonly code = 'relay-fenced';
}

/**
 * The log has no such position as was published last, or another hash there: it was restored from an older backup, or is
 * another log. What others were told since can't be known from it.
 */
export class RelayPositionNotInLogError extends Error {
  override readonly name = 'RelayPositionNotInLogError';
  readonly code = 'relay-position-not-in-log';
}
