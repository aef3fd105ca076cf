import type { EndReconciliation, RecordVerdict } from '#contracts/commands';
import {
  MismatchCleared,
  MismatchFlagged,
  MismatchReopened,
  ReconciliationEnded,
  VERDICT_NAMES,
} from '#contracts/events';
import type { Finding, Verdict } from '#contracts/verdicts';
import { accepted, type Accepted } from './reconciliation.decision.ts';
import { happened, type DecidedEvent } from './reconciliation.event.ts';
import { hasMismatch } from './reconciliation.phases.ts';
import type { ReconciliationState } from './reconciliation.state.ts';

/**
 * What a verdict changes. One whose `asOf` is not above the stream's last is stale and changes nothing: after a crash,
 * work is handed out again, and an old judgement must not win over a newer one. One that says the same as the last
 * changes nothing either, and the last one keeps its rules.
 */
export function recordVerdict({ verdict, verdictId }: RecordVerdict, state: ReconciliationState): Accepted {
  if (verdict.asOf <= state.asOf) return { ok: true, events: [], ignored: 'stale' };
  if (state.verdict !== null && saysTheSame(state.verdict, verdict))
    return { ok: true, events: [], ignored: 'unchanged' };
  return accepted(verdictEvent(verdictId, verdict), ...consequences(verdictId, verdict, state));
}

/** What the end of a reconciliation changes: whatever was going on is over. Judged again, it begins anew. */
export function endReconciliation({ why, asOf }: EndReconciliation, state: ReconciliationState): Accepted {
  if (asOf <= state.asOf) return { ok: true, events: [], ignored: 'stale' };
  if (state.phase === 'ended' || state.phase === 'unjudged') return { ok: true, events: [], ignored: 'unchanged' };
  return accepted(happened(ReconciliationEnded, { why, asOf }));
}

/** A mismatch leaves the queue when the check matches, and also when it does not apply any more: see the verdict. */
function consequences(verdictId: string, verdict: Verdict, state: ReconciliationState): readonly DecidedEvent[] {
  if (verdict.outcome !== 'MISMATCHED')
    return hasMismatch(state.phase) ? [happened(MismatchCleared, { verdictId })] : [];
  if (!hasMismatch(state.phase)) return [happened(MismatchFlagged, { verdictId })];
  const lapsed = state.settlement !== null && state.settlement.valuesHash !== verdict.valuesHash;
  return lapsed ? [happened(MismatchReopened, { verdictId, why: 'values-changed' })] : [];
}

/**
 * Versions and rules may differ: a verdict is what it says, of which counterpart, for which values, and in which ward, since
 * the queue shows a record under its ward.
 */
export function saysTheSame(a: Verdict, b: Verdict): boolean {
  return (
    a.outcome === b.outcome &&
    a.valuesHash === b.valuesHash &&
    a.ward === b.ward &&
    a.right?.stream === b.right?.stream &&
    sameItems(a.codes, b.codes, (x, y) => x === y) &&
    sameItems(a.findings, b.findings, sameFinding)
  );
}

const sameFinding = (a: Finding, b: Finding): boolean =>
  a.field === b.field && a.verdict === b.verdict && a.why === b.why;

function sameItems<T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean {
  return (
    a.length === b.length &&
    a.every((item, index) => {
      const other = b[index];
      return other !== undefined && same(item, other);
    })
  );
}

function verdictEvent(id: string, verdict: Verdict): DecidedEvent {
  const { check, outcome, codes, findings, left, right, rules, rulesHash, asOf, valuesHash, ward } = verdict;
  return {
    id,
    type: VERDICT_NAMES[check][outcome],
    schemaVersion: 1,
    data: {
      check,
      outcome,
      codes,
      findings: findings.map((finding) => ({ ...finding })),
      left: { ...left },
      right: right && { ...right },
      rules,
      rulesHash,
      asOf,
      valuesHash,
      ward,
    },
  };
}
