import type { DatabaseSync } from 'node:sqlite';
import type { RecordedEvent } from '#libs/event-store/port';

export const DEAD_LETTER_TABLES = `
  CREATE TABLE dead_letters (
    stream TEXT NOT NULL,
    stream_version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    type TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    attempts INTEGER NOT NULL,
    first_failed_at INTEGER,
    last_failed_at INTEGER,
    PRIMARY KEY (stream, stream_version)
  ) WITHOUT ROWID;`;

/** `failed`: could not be folded. `waiting`: a later event of its stream. `set-aside`: left out on purpose. */
export type DeadLetterState = 'failed' | 'waiting' | 'set-aside';

/** An event that a view could not fold, or that waits behind one. */
export interface DeadLetter {
  readonly stream: string;
  readonly streamVersion: number;
  readonly position: number;
  readonly type: string;
  readonly state: DeadLetterState;
  /** Why it failed, or why it was set aside. */
  readonly reason: string | null;
  readonly attempts: number;
  /** Milliseconds since 1970. */
  readonly firstFailedAt: number | null;
  readonly lastFailedAt: number | null;
}

const COLUMNS = `stream, stream_version AS streamVersion, position, type, state, reason, attempts,
  first_failed_at AS firstFailedAt, last_failed_at AS lastFailedAt`;

/** Failed ones first, in the order of the log. */
export const DEAD_LETTERS_QUERY = `SELECT ${COLUMNS} FROM dead_letters ORDER BY state, position LIMIT ?`;

const MAX_REASON_LENGTH = 500;

/** The dead letters of one view, inside the transaction of its batch. */
export interface DeadLetterBox {
  /** Streams whose events wait behind a failed one. */
  readonly parked: ReadonlySet<string>;
  /** How many have failed. */
  count(): number;
  fail(event: RecordedEvent, reason: string, now: number): void;
  wait(event: RecordedEvent): void;
  of(stream: string): readonly DeadLetter[];
  setAside(letter: DeadLetter, reason: string): void;
  /** Notes an event that is left out without being tried, as was decided before. */
  leaveOut(event: RecordedEvent, reason: string): void;
  remove(letter: DeadLetter): void;
  /** Reads anew which streams are parked: after a rollback, or when a stream is free again. */
  refresh(): void;
}

export function openDeadLetters(db: DatabaseSync): DeadLetterBox {
  const parked = new Set<string>();
  const insert = db.prepare(`INSERT INTO dead_letters VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET state = excluded.state, reason = excluded.reason, attempts = attempts + 1,
      first_failed_at = coalesce(first_failed_at, excluded.first_failed_at), last_failed_at = excluded.last_failed_at`);
  const hold = db.prepare(`INSERT INTO dead_letters VALUES (?, ?, ?, ?, 'waiting', NULL, 0, NULL, NULL)
    ON CONFLICT DO NOTHING`);
  const ofStream = db.prepare(`SELECT ${COLUMNS} FROM dead_letters WHERE stream = ? ORDER BY stream_version`);
  const setAside = db.prepare(
    `UPDATE dead_letters SET state = 'set-aside', reason = ? WHERE stream = ? AND stream_version = ?`,
  );
  const leaveOut = db.prepare(`INSERT INTO dead_letters VALUES (?, ?, ?, ?, 'set-aside', ?, 0, NULL, NULL)
    ON CONFLICT DO NOTHING`);
  const remove = db.prepare('DELETE FROM dead_letters WHERE stream = ? AND stream_version = ?');
  const streams = db.prepare(`SELECT DISTINCT stream FROM dead_letters WHERE state <> 'set-aside'`);
  const failed = db.prepare(`SELECT count(*) AS failed FROM dead_letters WHERE state = 'failed'`);

  const box: DeadLetterBox = {
    parked,
    count: () => Number(failed.get()?.['failed'] ?? 0),
    fail({ stream, streamVersion, position, type }, reason, now) {
      insert.run(stream, streamVersion, position, type, 'failed', reason.slice(0, MAX_REASON_LENGTH), 1, now, now);
      parked.add(stream);
    },
    wait({ stream, streamVersion, position, type }) {
      hold.run(stream, streamVersion, position, type);
    },
    of: (stream) => ofStream.all(stream).map(toDeadLetter),
    setAside({ stream, streamVersion }, reason) {
      setAside.run(reason.slice(0, MAX_REASON_LENGTH), stream, streamVersion);
    },
    leaveOut({ stream, streamVersion, position, type }, reason) {
      leaveOut.run(stream, streamVersion, position, type, reason.slice(0, MAX_REASON_LENGTH));
    },
    remove({ stream, streamVersion }) {
      remove.run(stream, streamVersion);
    },
    refresh() {
      parked.clear();
      for (const row of streams.all()) parked.add(String(row['stream']));
    },
  };
  box.refresh();
  return box;
}

export function toDeadLetter(row: Readonly<Record<string, unknown>>): DeadLetter {
  const { stream, streamVersion, position, type, state, reason, attempts, firstFailedAt, lastFailedAt } = row;
  return {
    stream: String(stream),
    streamVersion: Number(streamVersion),
    position: Number(position),
    type: String(type),
    state: state === 'waiting' || state === 'set-aside' ? state : 'failed',
    reason: typeof reason === 'string' ? reason : null,
    attempts: Number(attempts),
    firstFailedAt: typeof firstFailedAt === 'number' ? firstFailedAt : null,
    lastFailedAt: typeof lastFailedAt === 'number' ? lastFailedAt : null,
  };
}
