import type { EventData, MismatchSettled } from '#contracts/events';
import type { Verdict, VersionRef } from '#contracts/verdicts';
import type { CorrectionState, Phase } from './reconciliation.phases.ts';

/** A verdict as the stream has it, with the id of its event. */
export interface JudgedVerdict extends Verdict {
  readonly id: string;
}

/** Who holds an item, and until when. A claim whose lease has run out counts for nothing: see `effectiveClaim`. */
export interface Claim {
  readonly holder: string;
  /** RFC 3339 in UTC. */
  readonly leaseUntil: string;
}

/** A correction request, as far as the hub knows of it. */
export interface Correction {
  readonly requestId: string;
  readonly registry: string;
  /** The version of the record that holds the wrong value. */
  readonly target: VersionRef;
  readonly fields: readonly string[];
  readonly state: CorrectionState;
  /** RFC 3339 in UTC. */
  readonly requestedAt: string;
}

export interface Settlement {
  readonly decision: EventData<typeof MismatchSettled>['decision'];
  readonly verdictId: string;
  /** The values that were judged: the settlement lapses when they change. */
  readonly valuesHash: string;
}

/** What a command was answered with: kept so that its retry is answered the same. */
export interface Answer {
  readonly commandId: string;
  readonly actor: string | undefined;
  /** Wire name of the command's last event, such as `khop.reconciliation.mismatch-claimed.v1`. */
  readonly event: string;
  readonly holder?: string;
  readonly leaseUntil?: string;
  readonly requestId?: string;
}

/** The life of one check of one record, folded from its stream. */
export interface ReconciliationState {
  readonly phase: Phase;
  /** Log position of the newest input judged so far: a judgement on an older one is stale. */
  readonly asOf: number;
  /** The latest verdict; null before the first and after the end. */
  readonly verdict: JudgedVerdict | null;
  /** When the item came (again) into the queue, RFC 3339 in UTC; null while it is not in it. */
  readonly openedAt: string | null;
  /** When it was last settled or cleared; null when it never was a mismatch, is one in the queue, or has ended. */
  readonly closedAt: string | null;
  readonly claim: Claim | null;
  /** The latest requests, oldest first; at most `CORRECTIONS_REMEMBERED` closed ones. */
  readonly corrections: readonly Correction[];
  readonly settlement: Settlement | null;
  /** The latest answers, oldest first; at most `ANSWERS_REMEMBERED`. */
  readonly answers: readonly Answer[];
}

/** For how many commands per reconciliation a retry is recognised. */
export const ANSWERS_REMEMBERED = 50;
/** How many closed correction requests a state keeps; open ones are all kept. */
export const CORRECTIONS_REMEMBERED = 20;

/** Nothing judged yet. */
export const initialState: ReconciliationState = {
  phase: 'unjudged',
  asOf: 0,
  verdict: null,
  openedAt: null,
  closedAt: null,
  claim: null,
  corrections: [],
  settlement: null,
  answers: [],
};

/** The claim that counts at a moment (milliseconds since 1970): an expired lease is as good as none. */
export function effectiveClaim(state: Pick<ReconciliationState, 'claim'>, now: number): Claim | null {
  return state.claim !== null && Date.parse(state.claim.leaseUntil) > now ? state.claim : null;
}

/** True while the registry still has to do something about the request. */
export const isOpenCorrection = ({ state }: Correction): boolean => state === 'requested' || state === 'acknowledged';
