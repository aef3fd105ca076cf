import type { Outcome } from '#contracts/verdicts';
import type { DecidedEvent } from './reconciliation.event.ts';
import type { CorrectionState, Phase } from './reconciliation.phases.ts';
import type { Answer } from './reconciliation.state.ts';

/** The command holds. No events: there was nothing to change. */
export interface Accepted {
  readonly ok: true;
  readonly events: readonly DecidedEvent[];
  /** There already: the command came a second time, and this is what it was answered with. */
  readonly repeated?: Answer;
  /** Why a judgement changed nothing: a newer one is there, or it says what the last one said. */
  readonly ignored?: 'stale' | 'unchanged';
}

/** The command does not hold, and why: a value, not an exception. Nothing has changed. */
export type Refusal = { readonly ok: false } & (
  | { readonly code: 'held-by-another'; readonly holder: string; readonly leaseUntil: string }
  | { readonly code: 'verdict-changed'; readonly verdictId: string | null; readonly outcome: Outcome | null }
  /** There is no item in the queue that this could be done to. */
  | { readonly code: 'nothing-open'; readonly phase: Phase }
  | { readonly code: 'nothing-settled'; readonly phase: Phase }
  | { readonly code: 'not-claimed' }
  | { readonly code: 'reason-missing' }
  /** The verdict has no counterpart that could be corrected. */
  | { readonly code: 'no-counterpart' }
  | { readonly code: 'correction-already-open'; readonly requestId: string }
  | { readonly code: 'correction-unknown'; readonly requestId: string }
  | { readonly code: 'correction-closed'; readonly requestId: string; readonly state: CorrectionState }
  /** The id has been used for another command or by someone else. */
  | { readonly code: 'command-id-reused'; readonly commandId: string }
);

export type Decision = Accepted | Refusal;

export const accepted = (...events: readonly DecidedEvent[]): Accepted => ({ ok: true, events });
