import {
  CorrectionAcknowledged,
  CorrectionRefused,
  CorrectionRequested,
  CorrectionWithdrawn,
  MismatchClaimed,
  MismatchCleared,
  MismatchFlagged,
  MismatchReleased,
  MismatchReopened,
  MismatchSettled,
  ReconciliationEnded,
  VERDICT_EVENT_TYPES,
  type EventData,
  type EventDefinition,
} from '#contracts/events';
import type { Outcome, Verdict } from '#contracts/verdicts';
import type { ReconciliationEvent } from './reconciliation.event.ts';
import { hasMismatch, type CorrectionState, type Phase } from './reconciliation.phases.ts';
import {
  ANSWERS_REMEMBERED,
  CORRECTIONS_REMEMBERED,
  isOpenCorrection,
  type Answer,
  type Correction,
  type ReconciliationState,
} from './reconciliation.state.ts';

type Fold = (state: ReconciliationState, event: ReconciliationEvent) => ReconciliationState;

/** The log holds what the contracts say, old versions upcast: the one place that relies on it. */
function on<D extends EventDefinition>(
  { type }: D,
  fold: (state: ReconciliationState, data: EventData<D>, event: ReconciliationEvent) => ReconciliationState,
): [string, Fold] {
  return [type, (state, event) => remember(fold(state, event.data as EventData<D>, event), event)];
}

const folds = new Map<string, Fold>([
  ...VERDICT_EVENT_TYPES.map((type): [string, Fold] => [type, judged]),
  on(ReconciliationEnded, (state, { asOf }) => ({
    ...withoutWork(state, 'lapsed', null),
    phase: 'ended',
    verdict: null,
    asOf,
  })),
  on(MismatchFlagged, (state, _, { occurredAt }) => reopened(state, occurredAt)),
  on(MismatchCleared, (state, _, { occurredAt }) =>
    withoutWork(state, state.phase === 'matched' ? 'fulfilled' : 'lapsed', occurredAt),
  ),
  on(MismatchReopened, (state, _, { occurredAt }) => reopened(state, occurredAt)),
  on(MismatchClaimed, (state, { holder, leaseUntil }) => ({ ...state, claim: { holder, leaseUntil } })),
  on(MismatchReleased, (state) => ({ ...state, claim: null })),
  on(MismatchSettled, (state, { decision, verdictId, valuesHash }, { occurredAt }) => ({
    ...withoutWork(state, 'lapsed', occurredAt),
    phase: 'settled',
    settlement: { decision, verdictId, valuesHash },
  })),
  on(CorrectionRequested, (state, { requestId, registry, target, fields }, { occurredAt }) => ({
    ...state,
    corrections: bounded([
      ...state.corrections,
      { requestId, registry, target, fields, state: 'requested', requestedAt: occurredAt },
    ]),
  })),
  on(CorrectionAcknowledged, (state, { requestId }) => correctionIs(state, requestId, 'acknowledged')),
  on(CorrectionRefused, (state, { requestId }) => correctionIs(state, requestId, 'refused')),
  on(CorrectionWithdrawn, (state, { requestId }) => correctionIs(state, requestId, 'withdrawn')),
]);

/**
 * The state after one more event of the stream. A type that is not known here leaves it as it is: what a decision
 * rests on has its fold, and a log of a newer version is refused when it is opened.
 */
export function evolve(state: ReconciliationState, event: ReconciliationEvent): ReconciliationState {
  return folds.get(event.type)?.(state, event) ?? state;
}

function judged(state: ReconciliationState, event: ReconciliationEvent): ReconciliationState {
  const verdict = { ...(event.data as unknown as Verdict), id: event.id };
  return { ...state, verdict, asOf: verdict.asOf, phase: phaseAfter(state.phase, verdict.outcome) };
}

function phaseAfter(phase: Phase, outcome: Outcome): Phase {
  switch (outcome) {
    case 'MATCHED':
      return 'matched';
    case 'NOT_APPLICABLE':
      return 'not-applicable';
    case 'MISMATCHED':
      return hasMismatch(phase) ? phase : 'open';
    default:
      return outcome satisfies never;
  }
}

function reopened(state: ReconciliationState, openedAt: string): ReconciliationState {
  return { ...state, phase: 'open', openedAt, closedAt: null, settlement: null };
}

/** Nobody works on it any more: what was claimed, asked for or settled is over. */
function withoutWork(state: ReconciliationState, left: CorrectionState, closedAt: string | null): ReconciliationState {
  const corrections = state.corrections.map((one) => (isOpenCorrection(one) ? { ...one, state: left } : one));
  return { ...state, openedAt: null, closedAt, claim: null, settlement: null, corrections: bounded(corrections) };
}

function correctionIs(state: ReconciliationState, requestId: string, now: CorrectionState): ReconciliationState {
  return {
    ...state,
    corrections: bounded(state.corrections.map((one) => (one.requestId === requestId ? { ...one, state: now } : one))),
  };
}

function bounded(corrections: readonly Correction[]): readonly Correction[] {
  let surplus = corrections.filter((one) => !isOpenCorrection(one)).length - CORRECTIONS_REMEMBERED;
  return surplus <= 0 ? corrections : corrections.filter((one) => isOpenCorrection(one) || surplus-- <= 0);
}

/** The last event of a command is its answer; those before it only prepare it (an expired lease, say). */
function remember(state: ReconciliationState, { type, data, actor }: ReconciliationEvent): ReconciliationState {
  const { commandId, holder, leaseUntil, requestId } = data;
  if (typeof commandId !== 'string') return state;
  const answer: Answer = {
    commandId,
    actor,
    event: type,
    ...(typeof holder === 'string' && { holder }),
    ...(typeof leaseUntil === 'string' && { leaseUntil }),
    ...(typeof requestId === 'string' && { requestId }),
  };
  const others = state.answers.filter((one) => one.commandId !== commandId);
  return { ...state, answers: [...others, answer].slice(-ANSWERS_REMEMBERED) };
}
