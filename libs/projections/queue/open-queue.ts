import type { Check } from '#contracts/verdicts';
import { reconciliationStream } from '#contracts/events';
import type { ViewReader, ViewSnapshot } from '../engine/index.ts';
import { streamKey } from '../shared/index.ts';
import { openCellCache, type CellCache } from './cell-cache.ts';
import { countCells, countHeld } from './count.ts';
import { cursorOf, parseCursor } from './cursor.ts';
import { entriesOf, entryOf } from './entries.ts';
import { FacetCounter } from './facet-counter.ts';
import { firstOf } from './first-of.ts';
import { daysIn } from './flows.ts';
import { listIds } from './list.ts';
import { masksOf } from './masks.ts';
import {
  MAX_PAGE_ITEMS,
  type QueueDay,
  type QueueDaysFilter,
  type QueueEntry,
  type QueuePage,
  type QueueQuery,
} from './queue.query.ts';
import { searchWords } from './record-label.ts';
import { countHits, openSearch, type Search } from './search.ts';

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
  const search = openSearch();
  return {
    query: (query) => reader.read((view) => pageOf(view, cells.refresh(view), search, query)),
    find: (check, hash, now) =>
      reader.read((view) => {
        const key = streamKey(reconciliationStream(check, hash));
        const row = view.get('SELECT * FROM items WHERE stream = ? AND stage >= 0', key);
        return row === undefined ? undefined : entryOf(cells.refresh(view), row, { now });
      }),
    days: (filter) => reader.read((view) => daysIn(view, cells.refresh(view), filter)),
  };
}

function pageOf(view: ViewSnapshot, cache: CellCache, search: Search, query: QueueQuery): QueuePage {
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
    countHeld(view, masks, counter, now);
    ids = counter.total === 0 ? [] : listIds(view, cache, masks, query, { sort, after, limit, total: counter.total });
  } else {
    const hits = search.find(view, words);
    cut = hits.cut;
    ids = firstOf(hits.items, countHits(hits, masks, counter, now), { sort, after, limit: limit + 1 });
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
