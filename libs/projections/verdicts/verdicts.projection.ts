import { ReconciliationEnded, VERDICT_EVENT_TYPES } from '#contracts/events';
import type { Verdict } from '#contracts/verdicts';
import type { RecordedEvent } from '#libs/event-store/port';
import type { Fold, Projection, ViewDatabase } from '../engine/index.ts';
import { dayOf, recordKeyOf, streamKey, verdictOf, type RecordKey, type StreamKey } from '../shared/index.ts';
import { openCells } from './cells.ts';
import { VERDICT_TABLES } from './verdicts.tables.ts';

/** The current verdict of each reconciliation, and how many there are of each kind: now, and by day. */
export const verdictsProjection: Projection = {
  name: 'verdicts',
  version: 2,
  types: [...VERDICT_EVENT_TYPES, ReconciliationEnded.type],
  tables: VERDICT_TABLES,
  open,
};

interface Former {
  readonly id: number;
  readonly cell: number;
}

function open(db: ViewDatabase): Fold {
  const cells = openCells(db);
  const find = db.prepare('SELECT id, cell FROM verdicts WHERE stream = ?');
  const insert = db.prepare(`INSERT INTO verdicts
    (stream, cell, left_key, left_version, right_type, right_key, right_version, stream_version, position)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const update = db.prepare(`UPDATE verdicts SET cell = ?, left_key = ?, left_version = ?, right_type = ?,
    right_key = ?, right_version = ?, stream_version = ?, position = ? WHERE id = ?`);
  const remove = db.prepare('DELETE FROM verdicts WHERE id = ?');
  const pair = db.prepare('INSERT OR IGNORE INTO pairs VALUES (?, ?)');

  /** The first event of a stream has nothing before it: that spares most look-ups. */
  function formerOf(streamVersion: number, key: StreamKey): Former | undefined {
    const row = streamVersion === 0 ? undefined : find.get(key);
    return row === undefined ? undefined : { id: Number(row['id']), cell: Number(row['cell']) };
  }

  function judge(event: RecordedEvent): void {
    const verdict = verdictOf(event);
    const left = recordKeyOf(verdict.left.stream);
    const cell = cells.of(verdict, left.type);
    cells.judged(cell, dayOf(event.occurredAt));
    // Of a pair there is something to say only while it is suspected.
    if (verdict.check === 'duplicate' && verdict.outcome !== 'MISMATCHED') end(event);
    else keep(event, verdict, left, cell);
  }

  function keep({ stream, streamVersion, position }: RecordedEvent, verdict: Verdict, left: RecordKey, cell: number) {
    const key = streamKey(stream);
    const right = verdict.right === null ? null : recordKeyOf(verdict.right.stream);
    if (verdict.check === 'duplicate' && right !== null) for (const record of [left, right]) pair.run(record.key, key);
    const values = [
      cell,
      left.key,
      verdict.left.version,
      right === null ? null : right.type,
      right === null ? null : right.key,
      verdict.right === null ? null : verdict.right.version,
      streamVersion,
      position,
    ] as const;
    const former = formerOf(streamVersion, key);
    if (former === undefined) insert.run(key, ...values);
    else {
      cells.count(former.cell, -1);
      update.run(...values, former.id);
    }
    cells.count(cell, 1);
  }

  function end({ stream, streamVersion }: RecordedEvent): void {
    const former = formerOf(streamVersion, streamKey(stream));
    if (former === undefined) return;
    cells.count(former.cell, -1);
    remove.run(former.id);
  }

  return (events) => {
    for (const event of events) {
      if (event.type === ReconciliationEnded.type) end(event);
      else judge(event);
    }
    cells.flush();
  };
}
