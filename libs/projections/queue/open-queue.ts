import type { Check } from '#contracts/verdicts';
import { reconciliationStream } from '#contracts/events';
import type { ViewReader, ViewSnapshot } from '../engine/index.ts';
import { streamKey } from '../shared/index.ts';
import { openCellCache, type CellCache } from './cell-cache.ts';
import { countCells, countRows, heldRows, itemRow, ITEM_ROW, type ItemRow } from './count.ts';
import { cursorOf, parseCursor, type After } from './cursor.ts';
import { entriesOf, entryOf } from './entries.ts';
import { FacetCounter } from './facet-counter.ts';
import { daysIn } from './flows.ts';
import { listIds, ORDER } from './list.ts';
import { masksOf } from './masks.ts';
import {
  MAX_PAGE_ITEMS,
  MAX_SEARCHED_ITEMS,
  type QueueDay,
  type QueueDaysFilter,
  type QueueEntry,
  type QueuePage,
  type QueueQuery,
  type QueueSort,
} from './queue.query.ts';
import { searchWords } from './record-label.ts';

const DEFAULT_PAGE_ITEMS = 50;

/** The queue, as it can be asked. Keep it: it keeps the counts in memory, and fetches only what has changed. */
export interface Queue {
  /** Throws `QueueQueryError`, `ViewNotReadyError`. */
  query(query: QueueQuery): QueuePage;
  /** The item of a reconciliation; undefined when it is in no tab. */
  find(check: Check, hash: string, now: number): QueueEntry | undefined;
  /** What happened on each day on which anything did, the first first. Throws as `query`. */
  days(filter: QueueDaysFilter): readonly QueueDay[];
}

export function openQueue(reader: ViewReader): Queue {
  const cells = openCellCache();
  return {
    query: (query) => reader.read((view) => pageOf(view, cells.refresh(view), query)),
    find: (check, hash, now) =>
      reader.read((view) => {
        const key = streamKey(reconciliationStream(check, hash));
        const row = view.get('SELECT * FROM items WHERE stream = ? AND stage >= 0', key);
        return row === undefined ? undefined : entryOf(cells.refresh(view), row, { now });
      }),
    days: (filter) => reader.read((view) => daysIn(view, cells.refresh(view), filter)),
  };
}

function pageOf(view: ViewSnapshot, cache: CellCache, query: QueueQuery): QueuePage {
  const { now, due, sort = 'newest', cursor } = query;
  const limit = Math.max(1, Math.min(MAX_PAGE_ITEMS, Math.trunc(query.limit ?? DEFAULT_PAGE_ITEMS)));
  const after = cursor === undefined ? undefined : parseCursor(view, sort, cursor);
  const masks = masksOf(cache, query);
  const counter = new FacetCounter(cache);
  const words = searchWords(query.filter?.text ?? '');

  let cut = false;
  let ids: readonly number[];
  if (words === '') {
    countCells(cache, masks, counter);
    countRows(heldRows(view, now), masks, counter);
    ids = counter.total === 0 ? [] : listIds(view, cache, masks, query, { sort, after, limit, total: counter.total });
  } else {
    const found = search(view, words, now);
    cut = found.length > MAX_SEARCHED_ITEMS;
    const passed = countRows(found.slice(0, MAX_SEARCHED_ITEMS), masks, counter);
    ids = following(passed, sort, after).slice(0, limit + 1);
  }

  const shown = ids.slice(0, limit);
  const last = ids.length > limit ? shown.at(-1) : undefined;
  return {
    items: entriesOf(view, cache, shown, { now, due }),
    next: last === undefined ? null : cursorOf(sort, last, timeAt(view, last)),
    total: counter.total,
    cut,
    tabs: counter.tabs(),
    facets: counter.facets(),
    position: view.position,
  };
}

const timeAt = (view: ViewSnapshot, id: number): number =>
  Number(view.get('SELECT at FROM items WHERE id = ?', id)?.['at'] ?? 0);

/** Items with a word that begins with each of these, the latest first. */
function search(view: ViewSnapshot, words: string, now: number): readonly ItemRow[] {
  const columns = ITEM_ROW.split(', ').map((column) => `items.${column}`);
  const rows = view.rows(
    `SELECT ${columns.join(', ')} FROM item_text JOIN items ON items.id = item_text.rowid
      WHERE item_text MATCH ? AND items.stage >= 0 ORDER BY item_text.rowid DESC LIMIT ?`,
    words
      .split(' ')
      .map((word) => `"${word}"*`)
      .join(' '),
    MAX_SEARCHED_ITEMS + 1,
  );
  return Array.from(rows, (row) => itemRow(row, now));
}

function following(rows: readonly ItemRow[], sort: QueueSort, after: After | undefined): readonly number[] {
  const { column, descending } = ORDER[sort];
  const valueOf = (row: ItemRow): number | string => (column === 'at' ? row.at : row.key);
  const compare = (a: number | string, aId: number, b: number | string, bId: number): number => {
    const order = a === b ? aId - bId : a < b ? -1 : 1;
    return descending ? -order : order;
  };
  return rows
    .filter((row) => after === undefined || compare(valueOf(row), row.id, after.value, after.id) > 0)
    .sort((a, b) => compare(valueOf(a), a.id, valueOf(b), b.id))
    .map(({ id }) => id);
}
