import {
  casedText,
  decodedText,
  foldedText,
  iyText,
  normaliseCompanyName,
  spacedText,
  tonedText,
} from '../../identity/index.ts';
import {
  ABBREVIATION,
  CASE,
  DIACRITICS,
  DIFFERENT,
  ENCODING,
  EQUAL,
  I_Y,
  MISSING_LEFT,
  MISSING_RIGHT,
  SPACING,
  TONE_PLACEMENT,
  TYPO,
  type Comparison,
} from './comparison.ts';
import { oneEditApart } from './one-edit.ts';

/**
 * Compares two names of people. `EQUIVALENT` names the first level of normalising at which they become equal; `SIMILAR` says
 * what kind of error it looks like. Two missing names have nothing to tell apart: `EQUAL`.
 */
export function compareNames(left: string | undefined, right: string | undefined): Comparison {
  if (left === right) return EQUAL;
  if (left === undefined) return MISSING_LEFT;
  if (right === undefined) return MISSING_RIGHT;
  return equivalence(left, right) ?? similarity(tonedText(left), tonedText(right));
}

/** Compares two company names: as `compareNames`, and abbreviations of legal forms and trades may be written out. */
export function compareCompanyNames(left: string | undefined, right: string | undefined): Comparison {
  if (left === right) return EQUAL;
  if (left === undefined) return MISSING_LEFT;
  if (right === undefined) return MISSING_RIGHT;
  const same = equivalence(left, right);
  if (same !== undefined) return same;
  const fullLeft = normaliseCompanyName(left).full;
  const fullRight = normaliseCompanyName(right).full;
  return fullLeft === fullRight ? ABBREVIATION : similarity(fullLeft, fullRight);
}

function equivalence(left: string, right: string): Comparison | undefined {
  if (decodedText(left) === decodedText(right)) return ENCODING;
  if (spacedText(left) === spacedText(right)) return SPACING;
  if (casedText(left) === casedText(right)) return CASE;
  if (tonedText(left) === tonedText(right)) return TONE_PLACEMENT;
  return undefined;
}

function similarity(left: string, right: string): Comparison {
  if (iyText(left) === iyText(right)) return I_Y;
  if (foldedText(left) === foldedText(right)) return DIACRITICS;
  return oneEditApart(left, right) ? TYPO : DIFFERENT;
}
