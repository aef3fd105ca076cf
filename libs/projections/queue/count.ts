import type { ViewSnapshot } from '../engine/index.ts';
import { dayOfTime, type Day } from '../shared/index.ts';
import type { CellCache } from './cell-cache.ts';
import type { Counted, FacetCounter } from './facet-counter.ts';
import type { Masks } from './masks.ts';

/** What filters and counts need of an item's row. */
export interface ItemRow {
  readonly id: number;
  readonly grp: number;
  readonly ward: number;
  readonly stage: number;
  readonly at: number;
  /** Who holds it now: a lease that has run out counts for nothing. */
  readonly holder: string | null;
  readonly key: string;
}

export const ITEM_ROW = 'id, grp, ward, stage, at, holder, lease_until, record_key';

export function itemRow([id, grp, ward, stage, at, holder, lease, key]: readonly unknown[], now: number): ItemRow {
  const isHeld = typeof holder === 'string' && Number(lease) > now;
  return {
    id: Number(id),
    grp: Number(grp),
    ward: Number(ward),
    stage: Number(stage),
    at: Number(at),
    holder: isHeld ? holder : null,
    key: String(key),
  };
}

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

/** Counts single items; gives back those that pass. */
export function countRows(rows: Iterable<ItemRow>, masks: Masks, counter: FacetCounter): ItemRow[] {
  const passed: ItemRow[] = [];
  for (const row of rows) {
    const { grp, ward, stage, holder } = row;
    const day = dayOfTime(row.at);
    const tabs = masks.tabs(stage, day, holder);
    const own = (masks.group[grp] ?? 0) | (masks.ward[ward] ?? 0);
    const fails = own | masks.ofDay(day) | masks.ofHolder(holder) | masks.ofTabs(tabs);
    counter.add({ grp, ward, age: masks.ageOf(day), holder, tabs, items: 1 }, fails);
    if (fails === 0) passed.push(row);
  }
  return passed;
}

/** The items that someone has claimed: few, and the only ones that depend on a lease. */
export function* heldRows(view: ViewSnapshot, now: number): Iterable<ItemRow> {
  const rows = view.rows(`SELECT ${ITEM_ROW} FROM items INDEXED BY items_held WHERE holder IS NOT NULL AND stage >= 0`);
  for (const row of rows) yield itemRow(row, now);
}
