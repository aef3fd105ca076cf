import type { RecordType, Registry } from '#contracts/records';
import type { Clock } from '#libs/platform';
import { toTimestamp } from '#libs/platform';

/** How following a feed goes: what ops look at. Times are RFC 3339 in UTC. */
export interface FeedStatus {
  readonly registry: Registry;
  readonly record: RecordType;
  /** `waiting`: the source can't be reached or what came can't be taken in; it is tried again for ever. */
  readonly phase: 'opened' | 'catching-up' | 'live' | 'waiting' | 'stopped';
  /** The last change that is in the log. */
  readonly cursor?: string | undefined;
  /** When that place was reached; undefined before the first change. */
  readonly cursorAt?: string | undefined;
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

/** A feed has begun to fail, or goes on again. Told once each time, however often it is tried in between. */
export interface FeedTurn {
  readonly registry: Registry;
  readonly record: RecordType;
  readonly turn: 'failing' | 'recovered';
  /** What it fails, or failed last, with. */
  readonly code: string;
  readonly message: string;
  /** Failures in a row, so far. */
  readonly attempts: number;
}

/** Keeps the status of one feed, as its follower tells of it. */
export interface FeedStatusKeeper {
  current(): FeedStatus;
  pageTaken(cursor: string | undefined, changes: number, lag: number | undefined, caughtUp: boolean): void;
  failed(error: unknown): void;
  stopped(): void;
}

export function keepFeedStatus(
  registry: Registry,
  record: RecordType,
  { cursor, at }: { readonly cursor: string | undefined; readonly at: string | undefined },
  { clock, onTurn }: { readonly clock: Clock; readonly onTurn?: ((turn: FeedTurn) => void) | undefined },
): FeedStatusKeeper {
  let status: FeedStatus = { registry, record, phase: 'opened', cursor, cursorAt: at, changes: 0, failures: 0 };

  function tell(turn: FeedTurn['turn']): void {
    const { failures, lastError } = status;
    if (lastError === undefined) return;
    onTurn?.({ registry, record, turn, code: lastError.code, message: lastError.message, attempts: failures });
  }

  return {
    current: () => status,
    pageTaken(taken, changes, lag, caughtUp) {
      const now = toTimestamp(clock());
      if (status.failures > 0) tell('recovered');
      status = {
        ...status,
        phase: caughtUp ? 'live' : 'catching-up',
        cursor: taken,
        cursorAt: taken === status.cursor ? status.cursorAt : now,
        changes: status.changes + changes,
        lag: lag ?? (caughtUp ? 0 : undefined),
        lastPageAt: now,
        caughtUpAt: caughtUp ? now : status.caughtUpAt,
        failures: 0,
      };
    },
    failed(error) {
      const failures = status.failures + 1;
      status = { ...status, phase: 'waiting', failures, lastError: { ...describe(error), at: toTimestamp(clock()) } };
      if (failures === 1) tell('failing');
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
