import { CHECKS, CODES, type Check, type Code } from '#contracts/verdicts';
import type { ViewReader } from '../engine/index.ts';
import { parseCodes } from '../shared/index.ts';

/** The current verdicts of a check. A verdict counts under each of its codes. */
export interface VerdictCounts {
  readonly matched: number;
  readonly mismatched: number;
  readonly notApplicable: number;
  readonly byCode: Readonly<Partial<Record<Code, number>>>;
}

/** Counts of every check, in the order of their table; zeros for one that has judged nothing. */
export function readVerdictCounts(reader: ViewReader): Readonly<Record<Check, VerdictCounts>> {
  const rows = reader.read((view) =>
    view.all(`SELECT check_name, outcome, codes, sum(verdicts) AS verdicts
      FROM cells JOIN shapes ON shapes.id = cells.shape GROUP BY check_name, outcome, codes`),
  );
  const of = (check: Check): VerdictCounts => {
    const own = rows.filter((row) => row['check_name'] === check);
    const sum = (chosen: typeof own): number => chosen.reduce((total, row) => total + Number(row['verdicts']), 0);
    const by = (outcome: string): number => sum(own.filter((row) => row['outcome'] === outcome));
    const withCode = (code: Code): number => sum(own.filter((row) => parseCodes(row['codes']).includes(code)));
    return {
      matched: by('MATCHED'),
      mismatched: by('MISMATCHED'),
      notApplicable: by('NOT_APPLICABLE'),
      byCode: Object.fromEntries(CODES.map((code) => [code, withCode(code)] as const).filter(([, count]) => count > 0)),
    };
  };
  return Object.fromEntries(CHECKS.map((check) => [check, of(check)])) as Record<Check, VerdictCounts>;
}
