import type { Clock } from '#libs/platform';
import { toTimestamp } from '#libs/platform';

/** How following a feed goes: what ops look at. Times are RFC 3339 in UTC. */
export interface FeedStatus {
  readonly registry: string;
  readonly record: string;
  /** `waiting`: the source can't be reached or what came can't be taken in; it is tried again for ever. */
  readonly phase: 'opened' | 'catching-up' | 'live' | 'waiting' | 'stopped';
  /** The last change that is in the log. */
  readonly cursor?: string | undefined;
  /** Changes taken in since the process began. */
  readonly changes: number;
  /** How many changes are known to be behind; undefined where the source doesn't say. */
  readonly lag?: number | undefined;
  readonly caughtUpAt?: string | undefined;
  readonly lastPageAt?: string | undefined;
  /** Failures in a row. */
  readonly failures: number;
  /** The last failure, whether it is over or not: the code and message of the error. */
  readonly lastError?: { readonly code: string; readonly message: string; readonly at: string } | undefined;
}

/** Keeps the status of one feed, as its follower tells of it. */
export interface FeedStatusKeeper {
  current(): FeedStatus;
  pageTaken(cursor: string | undefined, changes: number, lag: number | undefined, caughtUp: boolean): void;
  failed(error: unknown, failures: number): void;
  stopped(): void;
}

export function keepFeedStatus(
  registry: string,
  record: string,
  cursor: string | undefined,
  clock: Clock,
): FeedStatusKeeper {
  let status: FeedStatus = { registry, record, phase: 'opened', cursor, changes: 0, failures: 0 };
  return {
    current: () => status,
    pageTaken(taken, changes, lag, caughtUp) {
      const now = toTimestamp(clock());
      status = {
        ...status,
        phase: caughtUp ? 'live' : 'catching-up',
        cursor: taken,
        changes: status.changes + changes,
        lag: lag ?? (caughtUp ? 0 : undefined),
        lastPageAt: now,
        caughtUpAt: caughtUp ? now : status.caughtUpAt,
        failures: 0,
      };
    },
    failed(error, failures) {
      status = { ...status, phase: 'waiting', failures, lastError: { ...describe(error), at: toTimestamp(clock()) } };
    },
    stopped() {
      status = { ...status, phase: 'stopped' };
    },
  };
}

/** Messages are shown only of errors that have a code: those are the hub's own, and repeat no value. */
function describe(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: 'unknown', message: 'unknown error' };
  if ('code' in error && typeof error.code === 'string' && error.name.endsWith('Error') && error.name !== 'Error') {
    return { code: error.code, message: error.message };
  }
  return { code: 'unknown', message: error.name };
}
