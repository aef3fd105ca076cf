import type { ViewSnapshot } from '../engine/index.ts';
import { QueueQueryError, type QueueSort } from './queue.query.ts';

/** Where a page goes on: after this item, in the order of the sort. */
export interface After {
  readonly id: number;
  readonly value: number | string;
}

/** A cursor may stand in a URL: the item's key, a personal value, is not in it but looked up again. */
export function cursorOf(sort: QueueSort, id: number, at: number): string {
  return Buffer.from(JSON.stringify(sort === 'key' ? [sort, id] : [sort, id, at])).toString('base64url');
}

/** Throws `QueueQueryError` (code `invalid-cursor`). */
export function parseCursor(view: ViewSnapshot, sort: QueueSort, cursor: string): After {
  const [ofSort, id, at] = decode(cursor);
  if (ofSort === sort && typeof id === 'number') {
    if (sort !== 'key' && typeof at === 'number') return { id, value: at };
    const key = view.get('SELECT record_key FROM items WHERE id = ?', id)?.['record_key'];
    if (sort === 'key' && typeof key === 'string') return { id, value: key };
  }
  throw new QueueQueryError('invalid-cursor', 'The cursor is not of this query, or its item is gone: begin again.');
}

function decode(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}
