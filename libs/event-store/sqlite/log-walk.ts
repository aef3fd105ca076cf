import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Position } from '../port/index.ts';
import { resultCode } from './failures.ts';
import { commitmentOf } from '../common/index.ts';
import { firstHash, nextHash } from './running-hash.ts';

/** Why a position is bad. */
export type Damage =
  | 'event-missing'
  | 'event-unreadable'
  | 'running-hash-differs'
  | 'personal-part-missing'
  | 'personal-part-differs'
  | 'stream-version-missing';

export interface BadPosition {
  readonly position: Position;
  readonly damage: Damage;
}

export interface Walked {
  /** Up to here, everything is as it was written. */
  readonly soundUpTo: Position;
  readonly hash: string;
  readonly firstBad?: BadPosition;
}

interface WalkedRow {
  readonly position: number;
  readonly version: number;
  readonly recorded_at: number;
  readonly commitment: string | null;
  readonly hash: string;
  readonly body: string;
  readonly stream: string;
  readonly type: string;
  readonly salt: string | null;
  readonly personal: string | null;
}

const ROWS_AT_ONCE = 1_000;

const ROWS = `
  SELECT e.position, e.version, e.recorded_at, e.commitment, e.hash, e.body, s.name AS stream, t.name AS type,
    p.salt, p.body AS personal
  FROM events e
    LEFT JOIN streams s ON s.id = e.stream_id
    LEFT JOIN types t ON t.id = e.type_id
    LEFT JOIN personal p ON p.position = e.position
  WHERE e.position > ? AND e.position <= ?
  ORDER BY e.position`;

/** Computes the running hash anew up to a position and stops at the first event that isn't as it was written. */
export async function walkLog(
  db: DatabaseSync,
  logId: string,
  upTo: Position,
  onProgress: (position: Position) => void,
): Promise<Walked> {
  const rows = db.prepare(ROWS);
  let position: Position = 0;
  let hash = firstHash(logId);
  while (position < upTo) {
    const end = Math.min(upTo, position + ROWS_AT_ONCE);
    const page = readPage((after, last) => rows.all(after, last), position, end);
    for (const row of page) {
      const damage = damageOf(row, position + 1, hash);
      if (damage !== undefined) return { soundUpTo: position, hash, firstBad: { position: position + 1, damage } };
      hash = String(row?.['hash']);
      position += 1;
    }
    if (position < end)
      return { soundUpTo: position, hash, firstBad: { position: position + 1, damage: 'event-missing' } };
    onProgress(position);
    // Long work takes turns with everything else in the process.
    await new Promise(setImmediate);
  }
  return { soundUpTo: position, hash };
}

type Row = Record<string, SQLOutputValue> | undefined;

/** The rows of a page; where the file is so damaged that it can't be read, those before it and then undefined. */
function readPage(read: (after: Position, upTo: Position) => Row[], after: Position, upTo: Position): Row[] {
  try {
    return read(after, upTo);
  } catch (error) {
    if (resultCode(error) === undefined) throw error;
    if (upTo - after <= 1) return [undefined];
    const middle = after + Math.floor((upTo - after) / 2);
    const first = readPage(read, after, middle);
    return first.at(-1) === undefined ? first : [...first, ...readPage(read, middle, upTo)];
  }
}

function damageOf(row: Row, expected: Position, previous: string): Damage | undefined {
  if (row === undefined || !isWalkedRow(row)) return 'event-unreadable';
  if (row.position !== expected) return 'event-missing';
  const { position, stream, version, type, recorded_at: recordedAt, body, commitment } = row;
  if (nextHash(previous, { position, stream, version, type, recordedAt, body, commitment }) !== row.hash) {
    return 'running-hash-differs';
  }
  if (commitment === null) return row.personal === null ? undefined : 'personal-part-differs';
  if (row.salt === null || row.personal === null) return 'personal-part-missing';
  return commitmentOf(row.salt, row.personal) === commitment ? undefined : 'personal-part-differs';
}

function isWalkedRow(row: unknown): row is WalkedRow {
  if (typeof row !== 'object' || row === null) return false;
  const value: Partial<Record<keyof WalkedRow, unknown>> = row;
  return (
    [value.position, value.version, value.recorded_at].every((part) => typeof part === 'number') &&
    [value.hash, value.body, value.stream, value.type].every((part) => typeof part === 'string') &&
    [value.commitment, value.salt, value.personal].every((part) => part === null || typeof part === 'string')
  );
}

/** The first position of a stream whose versions don't run from 0 without gaps. */
export function firstGapInStreams(db: DatabaseSync): BadPosition | undefined {
  const row = db
    .prepare(
      `SELECT min(first) AS position FROM (
         SELECT min(position) AS first FROM events GROUP BY stream_id
         HAVING min(version) <> 0 OR max(version) <> count(*) - 1)`,
    )
    .get();
  const position = row?.['position'];
  return typeof position === 'number' ? { position, damage: 'stream-version-missing' } : undefined;
}
