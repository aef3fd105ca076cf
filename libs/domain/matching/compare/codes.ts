import type { StatusTable } from '#contracts/rules';
import { DIFFERENT, EQUAL, MISSING_LEFT, MISSING_RIGHT, type Comparison } from './comparison.ts';

/** Compares two genders; `UNKNOWN` is missing. */
export function compareGender(left: string | undefined, right: string | undefined): Comparison {
  if (left === right) return EQUAL;
  if (left === undefined || left === 'UNKNOWN')
    return right === undefined || right === 'UNKNOWN' ? EQUAL : MISSING_LEFT;
  if (right === undefined || right === 'UNKNOWN') return MISSING_RIGHT;
  return DIFFERENT;
}

/** Compares two statuses of different lists: those that may stand together by the table are `EQUAL`. */
export function compareStatuses(left: string | undefined, right: string | undefined, table: StatusTable): Comparison {
  if (left === undefined) return right === undefined ? EQUAL : MISSING_LEFT;
  if (right === undefined) return MISSING_RIGHT;
  const together =
    'compatible' in table ? isListed(table.compatible, left, right) : !isListed(table.conflicting, left, right);
  return together ? EQUAL : DIFFERENT;
}

function isListed(table: Readonly<Record<string, readonly string[]>>, left: string, right: string): boolean {
  return Object.hasOwn(table, left) && (table[left]?.includes(right) ?? false);
}
