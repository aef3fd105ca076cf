import type { After } from './cursor.ts';
import type { ItemCache } from './item-cache.ts';
import { ORDER } from './list.ts';
import type { QueueSort } from './queue.query.ts';

/** Numbers of the first so many of these places, in the order of the sort, after an item: without sorting them all. */
export function firstOf(
  items: ItemCache,
  places: Int32Array,
  { sort, after, limit }: { readonly sort: QueueSort; readonly after: After | undefined; readonly limit: number },
): readonly number[] {
  const { column, descending } = ORDER[sort];
  const sign = descending ? -1 : 1;
  const valueOf = (place: number): number | string =>
    column === 'at' ? (items.at[place] ?? 0) : (items.keys[place] ?? '');
  const compare = (place: number, value: number | string, id: number): number => {
    const own = valueOf(place);
    return sign * (own === value ? (items.id[place] ?? 0) - id : own < value ? -1 : 1);
  };
  const first: number[] = [];
  for (const place of places) {
    if (after !== undefined && compare(place, after.value, after.id) <= 0) continue;
    const isBefore = (other: number): boolean => compare(place, valueOf(other), items.id[other] ?? 0) < 0;
    const last = first.at(-1);
    if (first.length >= limit) {
      if (last === undefined || !isBefore(last)) continue;
      first.pop();
    }
    let [low, high] = [0, first.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(first[middle] ?? 0)) high = middle;
      else low = middle + 1;
    }
    first.splice(low, 0, place);
  }
  return first.map((place) => items.id[place] ?? 0);
}
