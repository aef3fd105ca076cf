import type { SQLOutputValue } from 'node:sqlite';
import type { ViewDatabase } from '../engine/index.ts';
import type { StreamKey } from '../shared/index.ts';
import { CLEARED, isDone, stageOf, timeAt, type Item, type ItemCorrection } from './item.ts';

/** The rows of `items`: read when an event touches one, written once at the batch's end. */
export interface ItemStore {
  find(stream: StreamKey): Item | undefined;
  save(item: Item): void;
  remove(item: Item): void;
}

export function openItemStore(db: ViewDatabase): ItemStore {
  const select = db.prepare('SELECT * FROM items WHERE stream = ?');
  const insert = db.prepare(`INSERT OR REPLACE INTO items VALUES
    (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const remove = db.prepare('DELETE FROM items WHERE id = ?');
  const index = db.prepare('INSERT OR REPLACE INTO item_text (rowid, words) VALUES (?, ?)');
  const unindex = db.prepare('DELETE FROM item_text WHERE rowid = ?');

  return {
    find(stream) {
      const row = select.get(stream);
      return row === undefined ? undefined : fromRow(stream, row);
    },
    save(item) {
      const stage = stageOf(item);
      insert.run(
        item.id,
        item.stream,
        item.grp,
        item.kind,
        item.ward,
        stage,
        isDone(stage) ? 1 : 0,
        timeAt(item),
        item.openedAt,
        item.closedAt,
        item.decision,
        item.holder,
        item.leaseUntil,
        item.corrections.length === 0 ? '[]' : JSON.stringify(item.corrections),
        item.verdictId,
        item.matched ? 1 : 0,
        item.leftKey,
        item.leftVersion,
        item.rightType,
        item.rightKey,
        item.rightVersion,
        item.recordKey,
        item.name,
        item.streamVersion,
        item.position,
      );
      if (item.words !== undefined) index.run(item.id, item.words);
      item.stored = true;
    },
    remove(item) {
      if (!item.stored) return;
      remove.run(item.id);
      unindex.run(item.id);
    },
  };
}

type Value = SQLOutputValue | undefined;
const numberOrNull = (value: Value): number | null => (typeof value === 'number' ? value : null);
const textOrNull = (value: Value): string | null => (typeof value === 'string' ? value : null);
const keyOf = (value: Value): StreamKey => (value instanceof Uint8Array ? value : String(value));

/** What the view has written itself reads back as it was. */
export const parseCorrections = (text: Value): readonly ItemCorrection[] =>
  text === '[]' ? [] : (JSON.parse(String(text)) as readonly ItemCorrection[]);

function fromRow(stream: StreamKey, row: Readonly<Record<string, SQLOutputValue>>): Item {
  const rightKey = row['right_key'];
  return {
    id: Number(row['id']),
    stream,
    grp: Number(row['grp']),
    kind: Number(row['kind']),
    ward: Number(row['ward']),
    openedAt: numberOrNull(row['opened_at']),
    closedAt: numberOrNull(row['closed_at']),
    decision: textOrNull(row['decision']),
    cleared: row['stage'] === CLEARED,
    matched: row['matched'] === 1,
    holder: textOrNull(row['holder']),
    leaseUntil: numberOrNull(row['lease_until']),
    corrections: parseCorrections(row['corrections']),
    verdictId: String(row['verdict_id']),
    leftKey: keyOf(row['left_key']),
    leftVersion: Number(row['left_version']),
    rightType: numberOrNull(row['right_type']),
    rightKey: rightKey === null ? null : keyOf(rightKey),
    rightVersion: numberOrNull(row['right_version']),
    recordKey: String(row['record_key']),
    name: String(row['name']),
    words: undefined,
    streamVersion: Number(row['stream_version']),
    position: Number(row['position']),
    stored: true,
    ended: false,
  };
}
