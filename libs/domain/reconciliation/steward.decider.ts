import type {
  ClaimMismatch,
  HandOverMismatch,
  RequestCorrection,
  SettleMismatch,
  StewardCommand,
} from '#contracts/commands';
import {
  CorrectionRequested,
  CorrectionWithdrawn,
  MismatchClaimed,
  MismatchReleased,
  MismatchReopened,
  MismatchSettled,
  recordTypeOfStream,
} from '#contracts/events';
import { REGISTRY_OF } from '#contracts/records';
import { decideAboutCorrection } from './correction.decider.ts';
import { accepted, type Decision } from './reconciliation.decision.ts';
import { happened, type DecidedEvent } from './reconciliation.event.ts';
import { STEPS_OF_PHASE } from './reconciliation.phases.ts';
import {
  effectiveClaim,
  isOpenCorrection,
  type JudgedVerdict,
  type ReconciliationState,
} from './reconciliation.state.ts';

/** What a steward's command changes; refused when it rests on an older verdict, or when someone else holds the item. */
export function decideAsSteward(command: StewardCommand, state: ReconciliationState): Decision {
  const { verdict } = state;
  if (verdict?.id !== command.verdictId)
    return { ok: false, code: 'verdict-changed', verdictId: verdict?.id ?? null, outcome: verdict?.outcome ?? null };
  if (!STEPS_OF_PHASE[state.phase][command.type])
    return {
      ok: false,
      code: command.type === 'reopen-mismatch' ? 'nothing-settled' : 'nothing-open',
      phase: state.phase,
    };
  const claim = effectiveClaim(state, command.now);
  if (claim !== null && claim.holder !== command.actor) return { ok: false, code: 'held-by-another', ...claim };

  const decision = decideFreely(command, state, verdict);
  const settled = expiry(command, state);
  return decision.ok && settled !== null ? accepted(settled, ...decision.events) : decision;
}

function decideFreely(command: StewardCommand, state: ReconciliationState, verdict: JudgedVerdict): Decision {
  const { commandId } = command;
  switch (command.type) {
    case 'claim-mismatch':
      return accepted(claimedBy(command.actor, command));
    case 'release-mismatch':
      return release(command, state);
    case 'hand-over-mismatch':
      return handOver(command, state);
    case 'request-correction':
      return requestCorrection(command, state, verdict);
    case 'withdraw-correction':
      return decideAboutCorrection(command, state);
    case 'settle-mismatch':
      return settle(command, state, verdict);
    case 'reopen-mismatch':
      return accepted(happened(MismatchReopened, { verdictId: verdict.id, why: 'by-steward', commandId }));
    default:
      return command satisfies never;
  }
}

/** A lease that ran out is settled by the next command, before whatever that command does. */
function expiry({ now, commandId }: StewardCommand, state: ReconciliationState): DecidedEvent | null {
  if (state.claim === null || effectiveClaim(state, now) !== null) return null;
  return happened(MismatchReleased, { holder: state.claim.holder, why: 'lease-expired', commandId });
}

function claimedBy(
  holder: string,
  { now, claimLeaseMinutes, commandId }: ClaimMismatch | HandOverMismatch,
): DecidedEvent {
  const leaseUntil = new Date(now + claimLeaseMinutes * 60_000).toISOString();
  return happened(MismatchClaimed, { holder, leaseUntil, commandId });
}

function release({ actor, commandId, now }: StewardCommand, state: ReconciliationState): Decision {
  if (effectiveClaim(state, now) !== null)
    return accepted(happened(MismatchReleased, { holder: actor, why: 'released', commandId }));
  // The expiry of one's own lease is all that was asked for.
  return state.claim?.holder === actor ? accepted() : { ok: false, code: 'not-claimed' };
}

function handOver(command: HandOverMismatch, state: ReconciliationState): Decision {
  const { actor, to, commandId, now } = command;
  const claimed = claimedBy(to, command);
  if (effectiveClaim(state, now) === null || to === actor) return accepted(claimed);
  return accepted(happened(MismatchReleased, { holder: actor, why: 'handed-over', commandId }), claimed);
}

function requestCorrection(
  { requestId, side, fields, note, proposed, commandId }: RequestCorrection,
  state: ReconciliationState,
  verdict: JudgedVerdict,
): Decision {
  const target = verdict[side];
  const record = target === null ? undefined : recordTypeOfStream(target.stream);
  if (target === null || record === undefined) return { ok: false, code: 'no-counterpart' };
  const open = state.corrections.find((one) => isOpenCorrection(one) && one.target.stream === target.stream);
  if (open !== undefined) return { ok: false, code: 'correction-already-open', requestId: open.requestId };
  return accepted(
    happened(
      CorrectionRequested,
      { requestId, verdictId: verdict.id, registry: REGISTRY_OF[record], target: { ...target }, fields, commandId },
      { ...(note !== undefined && { note }), ...(proposed !== undefined && { proposed }) },
    ),
  );
}

/** Nothing is left to correct once the difference is accepted: what was asked for is taken back for the same reason. */
function settle(
  { decision, reason, commandId }: SettleMismatch,
  state: ReconciliationState,
  { id, valuesHash }: JudgedVerdict,
): Decision {
  if (reason.trim() === '') return { ok: false, code: 'reason-missing' };
  const withdrawn = state.corrections
    .filter(isOpenCorrection)
    .map(({ requestId }) => happened(CorrectionWithdrawn, { requestId, commandId }, { reason }));
  return accepted(
    ...withdrawn,
    happened(MismatchSettled, { decision, verdictId: id, valuesHash, commandId }, { reason }),
  );
}
