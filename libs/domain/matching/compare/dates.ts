import {
  DAY_MONTH_SWAP,
  DIFFERENT,
  EQUAL,
  MISSING_LEFT,
  MISSING_RIGHT,
  PARTIAL,
  type Comparison,
} from './comparison.ts';

const FULL = 'YYYY-MM-DD'.length;

/** Compares two dates (`YYYY-MM-DD`, `YYYY-MM` or `YYYY`). 1 January is a date like any other. */
export function compareDates(left: string | undefined, right: string | undefined): Comparison {
  if (left === right) return EQUAL;
  if (left === undefined) return MISSING_LEFT;
  if (right === undefined) return MISSING_RIGHT;
  if (isPartOf(left, right) || isPartOf(right, left)) return PARTIAL;
  return isSwapped(left, right) ? DAY_MONTH_SWAP : DIFFERENT;
}

function isPartOf(part: string, whole: string): boolean {
  return part.length >= 4 && whole.startsWith(part) && whole[part.length] === '-';
}

function isSwapped(left: string, right: string): boolean {
  return (
    left.length === FULL &&
    right.length === FULL &&
    left.slice(0, 4) === right.slice(0, 4) &&
    left.slice(5, 7) === right.slice(8) &&
    left.slice(8) === right.slice(5, 7)
  );
}
