import type { Registry } from '#contracts/records';
import { CHECKS, CODES, OUTCOMES, type Check, type Code, type Finding, type Outcome } from '#contracts/verdicts';
import type { ViewSnapshot } from '../engine/index.ts';
import { parseCodes, parseFindings, registryAt, type Day } from '../shared/index.ts';
import type { DashboardFilter, OutcomeCounts } from './dashboard.query.ts';

/** Current verdicts that say the same of records of one registry, in one ward, by the same rules. */
export interface VerdictCell {
  readonly id: number;
  readonly check: Check;
  readonly outcome: Outcome;
  readonly codes: readonly Code[];
  readonly findings: readonly Finding[];
  readonly registry: Registry;
  readonly ward: string | null;
  readonly rules: string;
  readonly verdicts: number;
}

/** The cells of the view of verdicts that pass the filter. */
export function readVerdictCells(view: ViewSnapshot, filter: DashboardFilter): readonly VerdictCell[] {
  const shapes = new Map<number, Pick<VerdictCell, 'check' | 'outcome' | 'codes' | 'findings'>>();
  for (const [id, name, outcomeName, codes, findings] of view.rows('SELECT * FROM shapes')) {
    const check = CHECKS.find((known) => known === name);
    const outcome = OUTCOMES.find((known) => known === outcomeName);
    if (check === undefined || outcome === undefined) throw new Error('the view holds a check that is not known');
    shapes.set(Number(id), { check, outcome, codes: parseCodes(codes), findings: parseFindings(findings) });
  }
  const wards = filter.wards === undefined ? undefined : new Set(filter.wards);
  const cells: VerdictCell[] = [];
  for (const [id, shapeId, type, ward, rules, verdicts] of view.rows(
    'SELECT id, shape, record_type, ward, rules, verdicts FROM cells',
  )) {
    const shape = shapes.get(Number(shapeId));
    if (shape === undefined) throw new Error('a cell of the view has no shape');
    const cell: VerdictCell = {
      id: Number(id),
      ...shape,
      registry: registryAt(Number(type)),
      ward: ward === null ? null : String(ward),
      rules: String(rules),
      verdicts: Number(verdicts),
    };
    if (filter.checks?.includes(cell.check) === false) continue;
    if (filter.registries?.includes(cell.registry) === false) continue;
    if (wards?.has(cell.ward) === false) continue;
    cells.push(cell);
  }
  return cells;
}

/** Verdicts given on each day, by cell. */
export function* readJudged(view: ViewSnapshot, from: Day, to: Day): Iterable<readonly [Day, number, number]> {
  const rows = view.rows('SELECT day, cell, verdicts FROM judged WHERE day >= ? AND day <= ?', from, to);
  for (const [day, cell, verdicts] of rows) yield [Number(day), Number(cell), Number(verdicts)];
}

/** Counts the verdicts of cells. */
export function countOutcomes(cells: readonly VerdictCell[]): OutcomeCounts {
  const outcomes: Record<Outcome, number> = { MATCHED: 0, MISMATCHED: 0, NOT_APPLICABLE: 0 };
  const codes = new Map<Code, number>();
  for (const { outcome, verdicts, codes: own } of cells) {
    outcomes[outcome] += verdicts;
    for (const code of own) codes.set(code, (codes.get(code) ?? 0) + verdicts);
  }
  const byCode = CODES.map((code) => [code, codes.get(code) ?? 0] as const).filter(([, count]) => count > 0);
  return {
    judged: outcomes.MATCHED + outcomes.MISMATCHED + outcomes.NOT_APPLICABLE,
    matched: outcomes.MATCHED,
    mismatched: outcomes.MISMATCHED,
    notApplicable: outcomes.NOT_APPLICABLE,
    byCode: Object.fromEntries(byCode),
  };
}
