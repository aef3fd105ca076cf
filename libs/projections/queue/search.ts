import type { ViewSnapshot } from '../engine/index.ts';
import { dayOfTime, type Day } from '../shared/index.ts';
import type { Counted, FacetCounter } from './facet-counter.ts';
import { openItemCache, placeOf, type ItemCache } from './item-cache.ts';
import type { Masks } from './masks.ts';
import { MAX_SEARCHED_ITEMS } from './queue.query.ts';

/** The items that a search matches. */
export interface Hits {
  readonly items: ItemCache;
  /** Their places, the latest first. */
  readonly places: Int32Array;
  /** It matches more than it looks at. */
  readonly cut: boolean;
}

/** Finds items by words. Keep it: it remembers the latest searches for as long as the view stands still. */
export interface Search {
  /** Items with a word that begins with each of these. */
  find(view: ViewSnapshot, words: string): Hits;
}

/** Searches that are remembered: the pages and counts of one follow each other. */
const REMEMBERED = 8;

export function openSearch(maxItems = MAX_SEARCHED_ITEMS): Search {
  const cache = openItemCache();
  const remembered = new Map<string, Hits>();
  let moment = '';
  return {
    find(view, words) {
      const now = `${view.generation}/${view.position}`;
      if (now !== moment) remembered.clear();
      moment = now;
      const known = remembered.get(words);
      if (known !== undefined) return known;
      const hits = find(view, cache.refresh(view), words, maxItems);
      const [oldest] = remembered.keys();
      if (remembered.size >= REMEMBERED && oldest !== undefined) remembered.delete(oldest);
      remembered.set(words, hits);
      return hits;
    },
  };
}

function find(view: ViewSnapshot, items: ItemCache, words: string, maxItems: number): Hits {
  const ids = view.column(
    'SELECT rowid FROM item_text WHERE item_text MATCH ? ORDER BY rowid DESC LIMIT ?',
    words
      .split(' ')
      .map((word) => `"${word}"*`)
      .join(' '),
    maxItems + 1,
  );
  const cut = ids.length > maxItems;
  const places = new Int32Array(ids.length);
  let found = 0;
  let before = items.size;
  for (const id of cut ? ids.slice(0, maxItems) : ids) {
    // Both are in order: the next one is most often near by.
    let place = before - 1;
    if ((items.id[place] ?? 0) !== id) place = placeOf(items, id, before);
    before = place;
    if (items.id[place] !== id || (items.stage[place] ?? -1) < 0) continue;
    places[found] = place;
    found += 1;
  }
  return { items, places: places.subarray(0, found), cut };
}

/** Counts what was found; gives back the places of those that pass, the latest first. */
export function countHits({ items, places }: Hits, masks: Masks, counter: FacetCounter, now: number): Int32Array {
  const passed = new Int32Array(places.length);
  const days = new Map<Day, { readonly fails: number; readonly age: number }>();
  const counted: Counted = { grp: 0, ward: 0, age: 0, holder: null, tabs: 0, items: 1 };
  let count = 0;
  for (const place of places) {
    const day = dayOfTime(items.at[place] ?? 0);
    let ofDay = days.get(day);
    if (ofDay === undefined) days.set(day, (ofDay = { fails: masks.ofDay(day), age: masks.ageOf(day) }));
    const isHeld = (items.holder[place] ?? -1) >= 0 && (items.lease[place] ?? 0) > now;
    const holder = isHeld ? (items.holders[items.holder[place] ?? -1] ?? null) : null;
    counted.grp = items.grp[place] ?? 0;
    counted.ward = items.ward[place] ?? 0;
    counted.age = ofDay.age;
    counted.holder = holder;
    counted.tabs = masks.tabs(items.stage[place] ?? 0, day, holder);
    const own = (masks.group[counted.grp] ?? 0) | (masks.ward[counted.ward] ?? 0);
    const fails = own | ofDay.fails | masks.ofHolder(holder) | masks.ofTabs(counted.tabs);
    counter.add(counted, fails);
    if (fails !== 0) continue;
    passed[count] = place;
    count += 1;
  }
  return passed.subarray(0, count);
}
