import type { Check, Verdict } from '#contracts/verdicts';
import type { RulesDifference, RulesDryRunCounts, SaidByRules } from '#contracts/http';
import { saysTheSame } from '#libs/domain/reconciliation';

/** One reconciliation: what is said of it now, and what other rules would say; null where nothing is. */
export interface Rejudged {
  readonly check: Check;
  readonly reconciliation: string;
  readonly before: Verdict | null;
  readonly after: Verdict | null;
}

/** How many there are of each kind in one check. */
export type CheckCounts = { -readonly [K in Exclude<keyof RulesDryRunCounts, 'check'>]: number };

export const noCounts = (): CheckCounts => ({ new: 0, cleared: 0, changed: 0, unchanged: 0, appended: 0 });

/** Counts what became of a reconciliation, and answers how it differs; undefined where it says the same. */
export function compareRejudged(
  { check, reconciliation, before, after }: Rejudged,
  counts: CheckCounts,
): RulesDifference | undefined {
  if (before === null && after === null) return undefined;
  if (before === null || after === null || !saysTheSame(before, after)) counts.appended += 1;
  const kind = kindOf(before, after);
  counts[kind] += 1;
  if (kind === 'unchanged') return undefined;
  const record = (after ?? before)?.left.stream ?? null;
  return { kind, check, reconciliation, record, before: said(before), after: said(after) };
}

function kindOf(before: Verdict | null, after: Verdict | null): RulesDifference['kind'] | 'unchanged' {
  const [was, is] = [before?.outcome === 'MISMATCHED', after?.outcome === 'MISMATCHED'];
  if (!was && is) return 'new';
  if (was && !is) return 'cleared';
  return JSON.stringify(said(before)) === JSON.stringify(said(after)) ? 'unchanged' : 'changed';
}

function said(verdict: Verdict | null): SaidByRules | null {
  if (verdict === null) return null;
  const { outcome, codes, findings } = verdict;
  return {
    outcome,
    codes,
    findings: findings.map(({ field, verdict: finding, why }) => ({ field, verdict: finding, ...(why && { why }) })),
  };
}
