import type { SQLInputValue } from 'node:sqlite';
import type { ViewSnapshot } from '../engine/index.ts';
import { dayOfTime, startOfDay, type Day } from '../shared/index.ts';
import type { CellCache } from './cell-cache.ts';
import type { After } from './cursor.ts';
import { FAILS, daysOf, type Masks } from './masks.ts';
import { AGE_BUCKETS, type QueueQuery, type QueueSort } from './queue.query.ts';

/** How a sort reads the index of all items: column and direction. */
export const ORDER: Readonly<
  Record<QueueSort, { readonly column: 'at' | 'record_key'; readonly descending: boolean }>
> = {
  newest: { column: 'at', descending: true },
  oldest: { column: 'at', descending: false },
  // What came first is due first: the time to fix it is the same for all.
  due: { column: 'at', descending: false },
  key: { column: 'record_key', descending: false },
};

interface Conditions {
  readonly sql: string[];
  readonly parameters: SQLInputValue[];
}

/** Numbers of the items of a page, one more than asked for where there is one. */
export function listIds(
  view: ViewSnapshot,
  cache: CellCache,
  masks: Masks,
  query: QueueQuery,
  page: { readonly sort: QueueSort; readonly after: After | undefined; readonly limit: number; readonly total: number },
): readonly number[] {
  const { sql, parameters } = conditionsOf(cache, masks, query);
  const { column, descending } = ORDER[page.sort];
  if (page.after !== undefined) {
    sql.push(`(${column}, id) ${descending ? '<' : '>'} (?, ?)`);
    parameters.push(page.after.value, page.after.id);
  }
  const direction = descending ? 'DESC' : 'ASC';
  const index = indexFor(cache, masks, query, column, page);
  const rows = view.rows(
    `SELECT id FROM items INDEXED BY ${index} WHERE ${sql.join(' AND ')}
      ORDER BY ${column} ${direction}, id ${direction} LIMIT ?`,
    ...parameters,
    page.limit + 1,
  );
  return Array.from(rows, ([id]) => Number(id));
}

function conditionsOf(cache: CellCache, masks: Masks, { filter = {}, tab, now, actor }: QueueQuery): Conditions {
  const sql = ['done = ?', 'stage >= 0'];
  const parameters: SQLInputValue[] = [tab === 'done' ? 1 : 0];
  const and = (condition: string, ...values: readonly SQLInputValue[]): void => {
    sql.push(condition);
    parameters.push(...values);
  };
  const free = '(lease_until IS NULL OR lease_until <= ?)';
  if (tab === 'mine') and('holder = ? AND lease_until > ?', actor ?? '', now);
  if (tab === 'unclaimed') and(`stage = 0 AND ${free}`, now);
  if (tab === 'waiting-for-agency') and('stage = 1');
  if (tab === 'overdue') and('at < ?', startOfDay(masks.firstInTime));
  if (filter.wards !== undefined) and('ward IN (SELECT value FROM json_each(?))', passing(masks.ward));
  if ((filter.checks ?? filter.codes ?? filter.registries) !== undefined) {
    and('grp IN (SELECT value FROM json_each(?))', passing(masks.group));
  }
  if (filter.holders !== undefined) {
    const named = JSON.stringify(filter.holders.filter((holder) => holder !== null));
    const held = '(holder IN (SELECT value FROM json_each(?)) AND lease_until > ?)';
    if (filter.holders.includes(null)) and(`(${held} OR ${free})`, named, now, now);
    else and(held, named, now);
  }
  const [from, to] = daysOf(filter);
  if (from !== -Infinity) and('at >= ?', startOfDay(from));
  if (to !== Infinity) and('at < ?', startOfDay(to + 1));
  if (filter.ages !== undefined) addAges(and, filter.ages, dayOfTime(now));
  return { sql, parameters };
}

/** Numbers that nothing is held against, as JSON. */
const passing = (masks: Uint8Array): string =>
  JSON.stringify(Array.from(masks, (fails, id) => (fails === 0 ? id : -1)).filter((id) => id >= 0));

function addAges(
  and: (condition: string, ...values: readonly SQLInputValue[]) => void,
  names: readonly string[],
  today: Day,
): void {
  const ranges = AGE_BUCKETS.filter(({ name }) => names.includes(name)).map(({ from, below }) => ({
    after: below === Infinity ? Number.MIN_SAFE_INTEGER : startOfDay(today - below + 1),
    // What comes from the future is as young as can be.
    before: from === 0 ? Number.MAX_SAFE_INTEGER : startOfDay(today - from + 1),
  }));
  const conditions = ranges.map(() => '(at >= ? AND at < ?)').join(' OR ');
  and(`(${conditions === '' ? '0' : conditions})`, ...ranges.flatMap(({ after, before }) => [after, before]));
}

/** The index that leads past the fewest items: that of the sort, until the page is full, or one of the filter. */
function indexFor(
  cache: CellCache,
  masks: Masks,
  { filter = {}, tab }: QueueQuery,
  column: 'at' | 'record_key',
  { limit, total }: { readonly limit: number; readonly total: number },
): string {
  if (tab === 'mine' || filter.holders?.includes(null) === false) return 'items_held';
  const counts = { all: 0, ward: 0, group: 0 };
  const { grp, ward, stage, items, size } = cache;
  const isDone = tab === 'done';
  for (let cell = 0; cell < size; cell += 1) {
    if ((stage[cell] ?? 0) >= 2 !== isDone) continue;
    const count = items[cell] ?? 0;
    counts.all += count;
    if (((masks.ward[ward[cell] ?? 0] ?? 0) & FAILS.ward) === 0) counts.ward += count;
    if ((masks.group[grp[cell] ?? 0] ?? 0) === 0) counts.group += count;
  }
  const walk = {
    index: column === 'at' ? 'items_by_time' : 'items_by_key',
    items: (limit * counts.all) / Math.max(1, total),
  };
  const ways = [walk, { index: 'items_by_ward', items: counts.ward }, { index: 'items_by_group', items: counts.group }];
  return ways.reduce((best, way) => (way.items < best.items ? way : best)).index;
}
