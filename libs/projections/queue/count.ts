import type { ViewSnapshot } from '../engine/index.ts';
import { dayOfTime, type Day } from '../shared/index.ts';
import type { CellCache } from './cell-cache.ts';
import type { Counted, FacetCounter } from './facet-counter.ts';
import type { Masks } from './masks.ts';

/** Counts what nobody holds, by cells: these are far fewer than the items. */
export function countCells(cache: CellCache, masks: Masks, counter: FacetCounter): void {
  const { grp, ward, stage, day, items, size } = cache;
  const days = new Map<Day, { readonly fails: number; readonly age: number }>();
  const nobody = masks.ofHolder(null);
  const counted: Counted = { grp: 0, ward: 0, age: 0, holder: null, tabs: 0, items: 0 };
  let lastDay = Number.NaN;
  let dayFails = 0;
  for (let cell = 0; cell < size; cell += 1) {
    const count = items[cell] ?? 0;
    if (count === 0) continue;
    const onDay = day[cell] ?? 0;
    if (onDay !== lastDay) {
      lastDay = onDay;
      const known = days.get(onDay) ?? { fails: masks.ofDay(onDay), age: masks.ageOf(onDay) };
      days.set(onDay, known);
      dayFails = known.fails;
      counted.age = known.age;
    }
    counted.grp = grp[cell] ?? 0;
    counted.ward = ward[cell] ?? 0;
    counted.tabs = masks.tabs(stage[cell] ?? 0, onDay, null);
    counted.items = count;
    const own = (masks.group[counted.grp] ?? 0) | (masks.ward[counted.ward] ?? 0);
    counter.add(counted, own | dayFails | nobody | masks.ofTabs(counted.tabs));
  }
}

/** Counts the items that someone has claimed: few, and the only ones that depend on a lease. One that has run out counts for nothing. */
export function countHeld(view: ViewSnapshot, masks: Masks, counter: FacetCounter, now: number): void {
  const rows = view.rows(`SELECT grp, ward, stage, at, holder, lease_until FROM items INDEXED BY items_held
    WHERE holder IS NOT NULL AND stage >= 0`);
  for (const [group, inWard, stage, at, name, lease] of rows) {
    const [grp, ward, day] = [Number(group), Number(inWard), dayOfTime(Number(at))];
    const holder = typeof name === 'string' && Number(lease) > now ? name : null;
    const tabs = masks.tabs(Number(stage), day, holder);
    const own = (masks.group[grp] ?? 0) | (masks.ward[ward] ?? 0);
    const fails = own | masks.ofDay(day) | masks.ofHolder(holder) | masks.ofTabs(tabs);
    counter.add({ grp, ward, age: masks.ageOf(day), holder, tabs, items: 1 }, fails);
  }
}
