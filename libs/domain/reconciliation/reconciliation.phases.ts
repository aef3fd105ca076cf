import type { RegistryAnswer, StewardCommand, WithdrawCorrection } from '#contracts/commands';

/**
 * Where a reconciliation stands: `open` is an item in the queue, `settled` a mismatch that a steward has decided on,
 * `ended` one whose record, person or pair is gone.
 */
export type Phase = 'unjudged' | 'matched' | 'not-applicable' | 'open' | 'settled' | 'ended';

type Steps<Command extends string> = { readonly [C in Command]: boolean };
const nothing: Steps<StewardCommand['type']> = {
  'claim-mismatch': false,
  'release-mismatch': false,
  'hand-over-mismatch': false,
  'request-correction': false,
  'withdraw-correction': false,
  'settle-mismatch': false,
  'reopen-mismatch': false,
};

/** What a steward may do next, by phase. A new phase or command does not compile until it has its place here. */
export const STEPS_OF_PHASE: { readonly [P in Phase]: Steps<StewardCommand['type']> } = {
  unjudged: nothing,
  matched: nothing,
  'not-applicable': nothing,
  open: {
    'claim-mismatch': true,
    'release-mismatch': true,
    'hand-over-mismatch': true,
    'request-correction': true,
    'withdraw-correction': true,
    'settle-mismatch': true,
    'reopen-mismatch': false,
  },
  settled: { ...nothing, 'reopen-mismatch': true },
  ended: nothing,
};

/** `fulfilled`: the check matches now; `lapsed`: there is nothing to correct any more, for another reason. */
export type CorrectionState = 'requested' | 'acknowledged' | 'refused' | 'withdrawn' | 'fulfilled' | 'lapsed';

const closed = { 'acknowledge-correction': false, 'refuse-correction': false, 'withdraw-correction': false };

/** What may be done about a correction request next, by its state. */
export const STEPS_OF_CORRECTION: {
  readonly [S in CorrectionState]: Steps<(RegistryAnswer | WithdrawCorrection)['type']>;
} = {
  requested: { 'acknowledge-correction': true, 'refuse-correction': true, 'withdraw-correction': true },
  acknowledged: { 'acknowledge-correction': true, 'refuse-correction': true, 'withdraw-correction': true },
  refused: closed,
  withdrawn: closed,
  fulfilled: closed,
  lapsed: closed,
};

/** True while a mismatch is there, settled or not: a match now clears it. */
export const hasMismatch = (phase: Phase): boolean => phase === 'open' || phase === 'settled';
