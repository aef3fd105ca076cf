import type { FieldVerdict, Why } from '#contracts/verdicts';

/** What the comparison of two values gave. `why` is there for `EQUIVALENT` and `SIMILAR` only. */
export interface Comparison {
  readonly verdict: FieldVerdict;
  readonly why?: Why;
}

export const EQUAL: Comparison = { verdict: 'EQUAL' };
export const PARTIAL: Comparison = { verdict: 'PARTIAL' };
export const DIFFERENT: Comparison = { verdict: 'DIFFERENT' };
export const MISSING_LEFT: Comparison = { verdict: 'MISSING_LEFT' };
export const MISSING_RIGHT: Comparison = { verdict: 'MISSING_RIGHT' };

export const ENCODING: Comparison = { verdict: 'EQUIVALENT', why: 'ENCODING' };
export const SPACING: Comparison = { verdict: 'EQUIVALENT', why: 'SPACING' };
export const CASE: Comparison = { verdict: 'EQUIVALENT', why: 'CASE' };
export const TONE_PLACEMENT: Comparison = { verdict: 'EQUIVALENT', why: 'TONE_PLACEMENT' };
export const ABBREVIATION: Comparison = { verdict: 'EQUIVALENT', why: 'ABBREVIATION' };
export const RENAMED_UNIT: Comparison = { verdict: 'EQUIVALENT', why: 'RENAMED_UNIT' };

export const I_Y: Comparison = { verdict: 'SIMILAR', why: 'I_Y' };
export const DIACRITICS: Comparison = { verdict: 'SIMILAR', why: 'DIACRITICS' };
export const TYPO: Comparison = { verdict: 'SIMILAR', why: 'TYPO' };
export const DAY_MONTH_SWAP: Comparison = { verdict: 'SIMILAR', why: 'DAY_MONTH_SWAP' };

/** Whether the two values say the same, as far as both are there. */
export function agrees(comparison: Comparison): boolean {
  return comparison.verdict === 'EQUAL' || comparison.verdict === 'EQUIVALENT';
}
