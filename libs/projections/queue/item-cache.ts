import type { ViewSnapshot } from '../engine/index.ts';

/**
 * What filters and counts need of every item, in columns in memory: a search goes through all that it matches, and a row of the view
 * costs a hundred times what a place in an array does. Some 50 bytes an item, besides its key. Items stand in the order of their numbers.
 */
export interface ItemCache {
  readonly size: number;
  readonly id: Float64Array;
  readonly grp: Int32Array;
  readonly ward: Int32Array;
  readonly stage: Int8Array;
  readonly at: Float64Array;
  /** Number of the holder among `holders`; -1 for nobody. */
  readonly holder: Int32Array;
  readonly lease: Float64Array;
  readonly keys: readonly string[];
  readonly holders: readonly string[];
}

interface Cache extends ItemCache {
  size: number;
  id: Float64Array;
  grp: Int32Array;
  ward: Int32Array;
  stage: Int8Array;
  at: Float64Array;
  holder: Int32Array;
  lease: Float64Array;
  keys: string[];
  holders: string[];
}

const FIRST_CAPACITY = 4_096;
const COLUMNS = 'id, grp, ward, stage, at, holder, lease_until, record_key';

/** Fetched at the first search, then only what has changed. An item that is gone keeps its place: nothing finds it any more. */
export function openItemCache(): { refresh(view: ViewSnapshot): ItemCache } {
  let generation: string | undefined;
  let position = -1;
  let cache = emptyCache();

  return {
    refresh(view) {
      if (generation !== view.generation) {
        generation = view.generation;
        position = -1;
        cache = emptyCache();
      }
      if (position === view.position) return cache;
      const changed =
        position < 0
          ? view.rows(`SELECT ${COLUMNS} FROM items ORDER BY id`)
          : // What is new has a number above all that are known, so that the order stays.
            Array.from(
              view.rows(`SELECT ${COLUMNS} FROM items INDEXED BY items_by_change WHERE position > ?`, position),
            ).sort((a, b) => Number(a[0]) - Number(b[0]));
      for (const row of changed) put(cache, row);
      position = view.position;
      return cache;
    },
  };
}

/** The place of an item, looked for among the first so many; where it would stand, when there is none. */
export function placeOf({ id }: Pick<ItemCache, 'id'>, wanted: number, size: number): number {
  let [low, high] = [0, size];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((id[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function put(cache: Cache, [id, grp, ward, stage, at, holder, lease, key]: readonly unknown[]): void {
  const number = Number(id);
  const isNew = cache.size === 0 || number > (cache.id[cache.size - 1] ?? 0);
  const place = isNew ? cache.size : placeOf(cache, number, cache.size);
  if (place >= cache.id.length) grow(cache);
  if (isNew) cache.size += 1;
  cache.id[place] = number;
  cache.grp[place] = Number(grp);
  cache.ward[place] = Number(ward);
  cache.stage[place] = Number(stage);
  cache.at[place] = Number(at);
  cache.holder[place] = typeof holder === 'string' ? holderNumber(cache, holder) : -1;
  cache.lease[place] = Number(lease);
  cache.keys[place] = String(key);
}

function holderNumber({ holders }: Cache, holder: string): number {
  const known = holders.indexOf(holder);
  return known >= 0 ? known : holders.push(holder) - 1;
}

const emptyCache = (): Cache => ({ size: 0, keys: [], holders: [], ...arraysOf(FIRST_CAPACITY) });

const arraysOf = (capacity: number) => ({
  id: new Float64Array(capacity),
  grp: new Int32Array(capacity),
  ward: new Int32Array(capacity),
  stage: new Int8Array(capacity),
  at: new Float64Array(capacity),
  holder: new Int32Array(capacity),
  lease: new Float64Array(capacity),
});

function grow(cache: Cache): void {
  const arrays = arraysOf(cache.id.length * 2);
  arrays.id.set(cache.id);
  arrays.grp.set(cache.grp);
  arrays.ward.set(cache.ward);
  arrays.stage.set(cache.stage);
  arrays.at.set(cache.at);
  arrays.holder.set(cache.holder);
  arrays.lease.set(cache.lease);
  Object.assign(cache, arrays);
}
