import type { Finding } from '#contracts/verdicts';
import type { ViewReader } from '../engine/index.ts';
import { dayOfFilter, type Queue, type QueueDay } from '../queue/index.ts';
import { dayOfTime, dayText, type Day } from '../shared/index.ts';
import { countOutcomes, readJudged, readVerdictCells, type VerdictCell } from './current-verdicts.ts';
import {
  DEFAULT_FORECAST_DAYS,
  DEFAULT_TREND_DAYS,
  type Dashboard,
  type DashboardDay,
  type DashboardQuery,
  type OutcomeCounts,
  type WrongField,
} from './dashboard.query.ts';
import { forecastFrom } from './forecast.ts';

/** The longest trend, in days. */
const MAX_TREND_DAYS = 731;

/**
 * What is, by check, registry, ward and rules; what happened on each day; and what is to come. Put together from what the views
 * of verdicts and of the queue keep. Throws `QueueQueryError` (code `invalid-day`), `ViewNotReadyError`.
 */
export function readDashboard(
  { verdicts, queue }: { readonly verdicts: ViewReader; readonly queue: Queue },
  query: DashboardQuery,
): Dashboard {
  const { filter = {}, now, due, forecastDays = DEFAULT_FORECAST_DAYS } = query;
  const today = dayOfTime(now);
  const to = Math.min(today, query.to === undefined ? today : dayOfFilter(query.to));
  const from = Math.max(
    to - MAX_TREND_DAYS + 1,
    query.from === undefined ? to - DEFAULT_TREND_DAYS + 1 : dayOfFilter(query.from),
  );
  const forecastFromDay = today - forecastDays + 1;

  const { cells, judged } = verdicts.read((view) => {
    const own = readVerdictCells(view, filter);
    return { cells: own, judged: judgedByDay(own, readJudged(view, from, to)) };
  });
  const dayAfter = (first: Day, last: Day) =>
    everyDay(first, last, queue.days({ ...filter, from: dayText(first), to: dayText(last) }), judged);
  const { tabs, facets } = queue.query({ filter, now, limit: 1, ...(due !== undefined && { due }) });
  const open = facets.age.reduce((sum, { count }) => sum + count, 0);

  return {
    total: countOutcomes(cells),
    checks: split(cells, ({ check }) => check).map(([check, counts]) => ({ check, ...counts })),
    registries: split(cells, ({ registry }) => registry).map(([registry, counts]) => ({ registry, ...counts })),
    wards: split(cells, ({ ward }) => ward)
      .map(([ward, counts]) => ({ ward, ...counts }))
      .sort((a, b) => b.mismatched - a.mismatched || ((a.ward ?? '') < (b.ward ?? '') ? -1 : 1)),
    rules: split(cells, ({ rules }) => rules).map(([rules, counts]) => ({ rules, ...counts })),
    fields: wrongFields(cells),
    days: from > to ? [] : dayAfter(from, to),
    tabs,
    ages: facets.age,
    forecast: forecastFrom(
      open,
      dayAfter(forecastFromDay, today),
      today,
      query.targetDay === undefined ? undefined : dayOfFilter(query.targetDay),
    ),
  };
}

/** Counts of the cells by what they have in common, in the order of its first cell. */
function split<Key>(
  cells: readonly VerdictCell[],
  keyOf: (cell: VerdictCell) => Key,
): readonly (readonly [Key, OutcomeCounts])[] {
  const groups = Map.groupBy(
    cells.filter(({ verdicts }) => verdicts > 0),
    keyOf,
  );
  return Array.from(groups, ([key, own]) => [key, countOutcomes(own)] as const);
}

type Judged = Pick<DashboardDay, 'judged' | 'matched' | 'mismatched'>;

function judgedByDay(
  cells: readonly VerdictCell[],
  judged: Iterable<readonly [Day, number, number]>,
): ReadonlyMap<Day, Judged> {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const days = new Map<Day, Judged>();
  for (const [day, id, verdicts] of judged) {
    const outcome = byId.get(id)?.outcome;
    if (outcome === undefined) continue;
    const former = days.get(day) ?? { judged: 0, matched: 0, mismatched: 0 };
    days.set(day, {
      judged: former.judged + verdicts,
      matched: former.matched + (outcome === 'MATCHED' ? verdicts : 0),
      mismatched: former.mismatched + (outcome === 'MISMATCHED' ? verdicts : 0),
    });
  }
  return days;
}

function everyDay(
  from: Day,
  to: Day,
  flows: readonly QueueDay[],
  judged: ReadonlyMap<Day, Judged>,
): readonly DashboardDay[] {
  const known = new Map(flows.map((flow) => [flow.day, flow]));
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const day = dayText(from + index);
    const flow = known.get(day) ?? { day, flagged: 0, reopened: 0, cleared: 0, settled: 0, ended: 0 };
    return { ...flow, ...(judged.get(from + index) ?? { judged: 0, matched: 0, mismatched: 0 }) };
  });
}

/** `EQUIVALENT`, `PARTIAL` and missing values never make a mismatch. */
const isWrong = ({ verdict }: Finding): boolean => verdict === 'SIMILAR' || verdict === 'DIFFERENT';

function wrongFields(cells: readonly VerdictCell[]): readonly WrongField[] {
  const fields = new Map<string, WrongField>();
  for (const { check, outcome, findings, verdicts } of cells) {
    if (outcome !== 'MISMATCHED' || verdicts === 0) continue;
    for (const { field, verdict } of findings.filter(isWrong)) {
      const key = `${check} ${field} ${verdict}`;
      const mismatches = (fields.get(key)?.mismatches ?? 0) + verdicts;
      fields.set(key, { check, field, verdict, mismatches });
    }
  }
  return [...fields.values()].sort((a, b) => b.mismatches - a.mismatches);
}
