import { wholeNumber } from '#libs/platform';

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
  // What a page of the log makes due is mostly judged, and committed, at once.
  batchSize: 2_000,
  maxQueuedMessages: 20_000,
  maxAttempts: 5,
  initialBackoffMs: 100,
  maxBackoffMs: 10_000,
};

const DEFAULTS = DEFAULT_DELIVERY_SETTINGS;
const HOUR_MS = 3_600_000;

/** What the environment may say of it, whatever the bus. */
export const DELIVERY_SETTINGS = {
  batchSize: wholeNumber('KHOP_BUS_BATCH_SIZE', 'Messages handed to a handler at once', DEFAULTS.batchSize, 1, 10_000),
  maxQueuedMessages: wholeNumber(
    'KHOP_BUS_MAX_QUEUED_MESSAGES',
    'Messages that may be under way in a group before publishers wait',
    DEFAULTS.maxQueuedMessages,
    1,
    10_000_000,
  ),
  maxAttempts: wholeNumber(
    'KHOP_BUS_MAX_ATTEMPTS',
    'Tries after which a message becomes a dead letter',
    DEFAULTS.maxAttempts,
    1,
    1_000,
  ),
  initialBackoffMs: wholeNumber(
    'KHOP_BUS_INITIAL_BACKOFF_MS',
    'Pause before the second try; doubles with each further one',
    DEFAULTS.initialBackoffMs,
    1,
    HOUR_MS,
  ),
  maxBackoffMs: wholeNumber(
    'KHOP_BUS_MAX_BACKOFF_MS',
    'Longest pause between two tries',
    DEFAULTS.maxBackoffMs,
    1,
    HOUR_MS,
  ),
};

/** The pause after so many failed tries, in milliseconds. No jitter: in one process nobody else comes back at the same time. */
export function backoffMs(failures: number, settings: DeliverySettings): number {
  return Math.min(settings.maxBackoffMs, settings.initialBackoffMs * 2 ** (failures - 1));
}
