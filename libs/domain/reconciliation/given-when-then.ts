import type { ReconciliationCommand } from '#contracts/commands';
import type { Verdict } from '#contracts/verdicts';
import { decide } from './reconciliation.decider.ts';
import type { Decision } from './reconciliation.decision.ts';
import type { DecidedEvent } from './reconciliation.event.ts';
import { evolve } from './reconciliation.evolve.ts';
import { initialState, type ReconciliationState } from './reconciliation.state.ts';

/** 08:00 in Hà Nội on Monday, 2 November 2026. */
export const MONDAY = Date.parse('2026-11-02T01:00:00Z');
export const MINUTE = 60_000;

/** Folds what was decided, as the log would give it back. */
export function after(
  state: ReconciliationState,
  events: readonly DecidedEvent[],
  actor?: string,
): ReconciliationState {
  return events.reduce(
    (folded, { id, type, data }, index) =>
      evolve(folded, { id: id ?? `event-${index}`, type, data, occurredAt: new Date(MONDAY).toISOString(), actor }),
    state,
  );
}

/** What became of a command: event names without their wrapping, or the refusal's code. */
export interface Told {
  readonly decision: Decision;
  readonly state: ReconciliationState;
  readonly story: readonly string[] | string;
}

/** Given that these commands were accepted, in this order; when this one comes. */
export function given(...history: readonly ReconciliationCommand[]): {
  readonly state: ReconciliationState;
  when(command: ReconciliationCommand): Told;
} {
  let state = initialState;
  for (const command of history) state = tell(command, state).state;
  return { state, when: (command) => tell(command, state) };
}

function tell(command: ReconciliationCommand, state: ReconciliationState): Told {
  const decision = decide(command, state);
  if (!decision.ok) return { decision, state, story: decision.code };
  const actor = 'actor' in command ? command.actor : undefined;
  return {
    decision,
    state: after(state, decision.events, actor),
    story: decision.events.map(({ type }) => short(type)),
  };
}

const short = (type: string): string => type.replace(/^khop\.reconciliation\./, '').replace(/\.v1$/, '');

const ENTERPRISE = 'enterprise-registry.enterprise-e1';
const RESIDENT = 'residents.resident-r1';

/** A verdict of the `legal-representative` check; `asOf` also names it: `verdict-10`. */
export function verdict(asOf: number, differing: Partial<Verdict> = {}): ReconciliationCommand {
  return {
    type: 'record-verdict',
    verdictId: `verdict-${asOf}`,
    verdict: {
      check: 'legal-representative',
      outcome: 'MATCHED',
      codes: [],
      findings: [],
      left: { stream: ENTERPRISE, version: 0 },
      right: { stream: RESIDENT, version: 0 },
      rules: '2026-11-01',
      rulesHash: 'rules-1',
      asOf,
      valuesHash: 'values-1',
      ward: '00004',
      ...differing,
    },
  };
}

export const match = (asOf: number, differing: Partial<Verdict> = {}): ReconciliationCommand =>
  verdict(asOf, { valuesHash: 'values-equal', ...differing });

export const mismatch = (asOf: number, differing: Partial<Verdict> = {}): ReconciliationCommand =>
  verdict(asOf, {
    outcome: 'MISMATCHED',
    codes: ['FIELD_MISMATCH'],
    findings: [{ field: 'fullName', verdict: 'SIMILAR', why: 'TYPO' }],
    ...differing,
  });

export const end = (asOf: number): ReconciliationCommand => ({
  type: 'end-reconciliation',
  why: 'record-withdrawn',
  asOf,
});

interface Who {
  readonly by?: string;
  readonly seen?: number;
  readonly id?: string;
  readonly minutesLater?: number;
}

const issued = ({ by = 'an', seen = 10, id = `by-${by}`, minutesLater = 0 }: Who) => ({
  actor: by,
  now: MONDAY + minutesLater * MINUTE,
  commandId: id,
  verdictId: `verdict-${seen}`,
});

export const claim = (who: Who = {}): ReconciliationCommand => ({
  type: 'claim-mismatch',
  claimLeaseMinutes: 30,
  ...issued({ id: `claim-${who.by ?? 'an'}`, ...who }),
});
export const release = (who: Who = {}): ReconciliationCommand => ({
  type: 'release-mismatch',
  ...issued({ id: 'release', ...who }),
});
export const handOver = (to: string, who: Who = {}): ReconciliationCommand => ({
  type: 'hand-over-mismatch',
  claimLeaseMinutes: 30,
  to,
  ...issued({ id: 'hand-over', ...who }),
});
export const settle = (who: Who & { reason?: string } = {}): ReconciliationCommand => ({
  type: 'settle-mismatch',
  decision: 'accepted-difference',
  reason: who.reason ?? 'The family keeps the old spelling',
  ...issued({ id: 'settle', ...who }),
});
export const reopen = (who: Who = {}): ReconciliationCommand => ({
  type: 'reopen-mismatch',
  ...issued({ id: 'reopen', ...who }),
});
export const request = (who: Who & { side?: 'left' | 'right'; requestId?: string } = {}): ReconciliationCommand => ({
  type: 'request-correction',
  requestId: who.requestId ?? 'request-1',
  side: who.side ?? 'left',
  fields: ['fullName'],
  ...issued({ id: who.requestId ?? 'request-1', ...who }),
});
export const withdraw = (who: Who = {}): ReconciliationCommand => ({
  type: 'withdraw-correction',
  requestId: 'request-1',
  reason: 'Asked the wrong registry',
  ...issued({ id: 'withdraw', ...who }),
});
export const acknowledge = (id = 'acknowledge'): ReconciliationCommand => ({
  type: 'acknowledge-correction',
  requestId: 'request-1',
  ...registry(id),
});
export const refuse = (id = 'refuse'): ReconciliationCommand => ({
  type: 'refuse-correction',
  requestId: 'request-1',
  reason: 'The certificate says the same',
  ...registry(id),
});

const registry = (commandId: string) => ({ actor: 'enterprise-registry', now: MONDAY, commandId });
