import { dueAt, type DueSettings, type Tab } from '#libs/domain/reconciliation';
import { dayOfTime, parseDay, startOfDay, type Day } from '../shared/index.ts';
import type { CellCache } from './cell-cache.ts';
import { isDone, WAITING } from './item.ts';
import { AGE_BUCKETS, QueueQueryError, type QueueFilter, type QueueQuery } from './queue.query.ts';

/** Which part of the filter an item fails: a bit each. */
export const FAILS = { check: 1, code: 2, registry: 4, ward: 8, time: 16, age: 32, holder: 64, tab: 128 } as const;

/** Bits of the tabs that an item is in; `NOT_DONE` stands for the queue without a tab. */
export const TAB_BITS: Readonly<Record<Tab, number>> = {
  mine: 1,
  unclaimed: 2,
  'waiting-for-agency': 4,
  overdue: 8,
  done: 16,
};
const NOT_DONE = 32;

/** A query, made ready to be asked of very many cells and rows. */
export interface Masks {
  /** What a group, or a ward, fails, by its number. */
  readonly group: Uint8Array;
  readonly ward: Uint8Array;
  /** Day on which what was opened then is not overdue yet; what came before is. */
  readonly firstInTime: Day;
  ofDay(day: Day): number;
  ageOf(day: Day): number;
  ofHolder(holder: string | null): number;
  /** Bits of the tabs that an item is in. */
  tabs(stage: number, day: Day, holder: string | null): number;
  ofTabs(tabs: number): number;
}

export function masksOf(cache: CellCache, { filter = {}, tab, now, actor, due }: QueueQuery): Masks {
  const today = dayOfTime(now);
  const wantedTab = tab === undefined ? NOT_DONE : TAB_BITS[tab];
  const firstInTime = firstDayInTime(today, now, due);
  const [from, to] = daysOf(filter);
  const ages = filter.ages?.map((name) => AGE_BUCKETS.findIndex((bucket) => bucket.name === name));

  function ageOf(day: Day): number {
    const age = Math.max(0, today - day);
    return AGE_BUCKETS.findIndex(({ below }) => age < below);
  }

  return {
    group: groupMasks(cache, filter),
    ward: wardMasks(cache, filter),
    firstInTime,
    ofDay(day) {
      const time = day < from || day > to ? FAILS.time : 0;
      return time | (ages === undefined || ages.includes(ageOf(day)) ? 0 : FAILS.age);
    },
    ageOf,
    ofHolder: (holder) => (filter.holders === undefined || filter.holders.includes(holder) ? 0 : FAILS.holder),
    tabs(stage, day, holder) {
      if (isDone(stage)) return TAB_BITS.done;
      let tabs = NOT_DONE;
      if (holder !== null && holder === actor) tabs |= TAB_BITS.mine;
      if (stage === WAITING) tabs |= TAB_BITS['waiting-for-agency'];
      else if (holder === null) tabs |= TAB_BITS.unclaimed;
      if (day < firstInTime) tabs |= TAB_BITS.overdue;
      return tabs;
    },
    ofTabs: (tabs) => ((tabs & wantedTab) === 0 ? FAILS.tab : 0),
  };
}

/** Everything of one day is due at the same time: going back from today, the first day that is not over. */
function firstDayInTime(today: Day, now: number, due: DueSettings | undefined): Day {
  let day = today;
  while (dueAt(startOfDay(day - 1), due) > now) day -= 1;
  return day;
}

/** The first and last day of a filter. Throws `QueueQueryError` (code `invalid-day`). */
export function daysOf({ from, to }: QueueFilter): readonly [Day, Day] {
  return [from === undefined ? -Infinity : dayOfFilter(from), to === undefined ? Infinity : dayOfFilter(to)];
}

/** Throws `QueueQueryError` (code `invalid-day`). */
export function dayOfFilter(text: string): Day {
  try {
    return parseDay(text);
  } catch {
    throw new QueueQueryError('invalid-day', 'A day of the filter is not written YYYY-MM-DD.');
  }
}

function groupMasks({ groups }: CellCache, { checks, codes, registries }: QueueFilter): Uint8Array {
  return Uint8Array.from({ length: groups.length }, (_, id) => {
    const group = groups[id];
    if (group === undefined) return FAILS.check;
    let mask = 0;
    if (checks?.includes(group.check) === false) mask |= FAILS.check;
    if (codes !== undefined && !group.codes.some((code) => codes.includes(code))) mask |= FAILS.code;
    if (registries?.includes(group.registry) === false) mask |= FAILS.registry;
    return mask;
  });
}

function wardMasks({ wards }: CellCache, filter: QueueFilter): Uint8Array {
  const wanted = filter.wards === undefined ? undefined : new Set(filter.wards);
  return Uint8Array.from(wards, (ward) => (wanted === undefined || wanted.has(ward ?? null) ? 0 : FAILS.ward));
}
