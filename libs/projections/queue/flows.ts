import type { ViewSnapshot } from '../engine/index.ts';
import { dayText, type Day } from '../shared/index.ts';
import type { CellCache } from './cell-cache.ts';
import { daysOf, masksOf } from './masks.ts';
import type { QueueDay, QueueDaysFilter } from './queue.query.ts';

type Counts = { -readonly [Flow in Exclude<keyof QueueDay, 'day'>]: number };

/** Sums up the flows of each day, of the groups and wards that pass. */
export function daysIn(view: ViewSnapshot, cache: CellCache, filter: QueueDaysFilter): readonly QueueDay[] {
  const { group, ward } = masksOf(cache, { filter, now: 0 });
  const [from, to] = daysOf(filter);
  const days = new Map<Day, Counts>();
  const rows = view.rows(
    'SELECT day, grp, ward, flow, items FROM flows WHERE day >= ? AND day <= ? ORDER BY day',
    from === -Infinity ? Number.MIN_SAFE_INTEGER : from,
    to === Infinity ? Number.MAX_SAFE_INTEGER : to,
  );
  for (const [day, grp, inWard, flow, items] of rows) {
    if (group[Number(grp)] !== 0 || ward[Number(inWard)] !== 0) continue;
    const counts = days.get(Number(day)) ?? { flagged: 0, reopened: 0, cleared: 0, settled: 0, ended: 0 };
    days.set(Number(day), counts);
    if (isFlow(flow)) counts[flow] += Number(items);
  }
  return Array.from(days, ([day, counts]) => ({ day: dayText(day), ...counts }));
}

const FLOWS: ReadonlySet<unknown> = new Set<keyof Counts>(['flagged', 'reopened', 'cleared', 'settled', 'ended']);
const isFlow = (flow: unknown): flow is keyof Counts => FLOWS.has(flow);
