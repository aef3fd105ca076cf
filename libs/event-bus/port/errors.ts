/** The bus is closed, or was closed while the caller waited. What it had not handled comes again from its source. */
export class EventBusClosedError extends Error {
  override readonly name = 'EventBusClosedError';
  readonly code = 'event-bus-closed';
}

/** The group has no dead letter with that message id: it was retried or set aside meanwhile, or never was one. */
export class DeadLetterNotFoundError extends Error {
  override readonly name = 'DeadLetterNotFoundError';
  readonly code = 'dead-letter-not-found';
}
