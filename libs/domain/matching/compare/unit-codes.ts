import type { AdministrativeUnits } from '../../identity/index.ts';
import { DIFFERENT, EQUAL, RENAMED_UNIT, type Comparison } from './comparison.ts';

interface Level {
  /** How long a code is; a shorter one has lost leading zeros. */
  readonly digits: number;
  readonly areSame: (units: AdministrativeUnits, left: string, right: string) => boolean;
  readonly isKnown: (units: AdministrativeUnits, code: string) => boolean;
}

export const WARD: Level = {
  digits: 5,
  areSame: (units, left, right) => units.sameWard(left, right),
  isKnown: (units, code) => units.newWardsOf(code).length > 0,
};

export const PROVINCE: Level = {
  digits: 2,
  areSame: (units, left, right) => units.sameProvince(left, right),
  isKnown: (units, code) => units.newProvincesOf(code).length > 0,
};

/** Undefined unless both have a code, and the codes decide: they do unless the tables don't know one of them. */
export function compareUnitCodes(
  left: string | undefined,
  right: string | undefined,
  level: Level,
  units: AdministrativeUnits,
): Comparison | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (left === right || left.padStart(level.digits, '0') === right.padStart(level.digits, '0')) return EQUAL;
  if (level.areSame(units, left, right)) return RENAMED_UNIT;
  return level.isKnown(units, left) && level.isKnown(units, right) ? DIFFERENT : undefined;
}
