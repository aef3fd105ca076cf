/** How a group hands messages to its handlers, whatever brings them. */
export interface DeliverySettings {
  /** At most this many messages are handed to a handler at once. */
  readonly batchSize: number;
  /** So many messages may be under way in a group: whoever brings them waits while there are as many. */
  readonly maxQueuedMessages: number;
  /** A message that was tried so often becomes a dead letter. */
  readonly maxAttempts: number;
  /** Pause before the second try; it doubles with each further one. */
  readonly initialBackoffMs: number;
  readonly maxBackoffMs: number;
}

export const DEFAULT_DELIVERY_SETTINGS: DeliverySettings = {
  batchSize: 500,
  maxQueuedMessages: 20_000,
  maxAttempts: 5,
  initialBackoffMs: 100,
  maxBackoffMs: 10_000,
};

/** The pause after so many failed tries, in milliseconds. No jitter: in one process nobody else comes back at the same time. */
export function backoffMs(failures: number, settings: DeliverySettings): number {
  return Math.min(settings.maxBackoffMs, settings.initialBackoffMs * 2 ** (failures - 1));
}
