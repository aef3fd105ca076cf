import type { Address } from '#contracts/records';
import type { AdministrativeUnits } from '../../identity/index.ts';
import { agrees, DIFFERENT, EQUAL, MISSING_LEFT, MISSING_RIGHT, RENAMED_UNIT, type Comparison } from './comparison.ts';
import { compareUnitCodes, PROVINCE, WARD } from './unit-codes.ts';
import { compareProvinceNames, compareWardNames } from './unit-names.ts';

/**
 * Compares two places by ward, else by province; never by the free text. Codes go before names. Old and new units of the same place are
 * `EQUIVALENT`, `RENAMED_UNIT`; a ward that was split is the same as any of its parts.
 */
export function comparePlaces(
  left: Address | undefined,
  right: Address | undefined,
  units: AdministrativeUnits,
): Comparison {
  if (!isKnown(left)) return isKnown(right) ? MISSING_LEFT : EQUAL;
  if (!isKnown(right)) return MISSING_RIGHT;
  const wards = hasWard(left) && hasWard(right) ? compareWards(left, right, units) : undefined;
  return wards ?? compareProvinces(left, right, units);
}

function isKnown(place: Address | undefined): place is Address {
  return place !== undefined && (hasWard(place) || hasProvince(place));
}

function hasWard(place: Address): boolean {
  return place.wardCode !== undefined || place.wardName !== undefined;
}

function hasProvince(place: Address): boolean {
  return place.provinceCode !== undefined || place.provinceName !== undefined;
}

/** Undefined when a code meets a name and the tables don't know one of them: then the provinces decide. */
function compareWards(left: Address, right: Address, units: AdministrativeUnits): Comparison | undefined {
  const codes = compareUnitCodes(left.wardCode, right.wardCode, WARD, units);
  if (codes !== undefined) return codes;
  if (areApart(provincesOf(left, units), provincesOf(right, units))) return DIFFERENT;
  const named = left.wardName !== undefined && right.wardName !== undefined;
  const names = named ? compareWardNames(left.wardName, right.wardName) : undefined;
  if (names !== undefined && agrees(names)) return names;
  const isCalled = (place: Address, ward: string): boolean =>
    place.wardCode === ward || isNamed(place.wardName, units.wardName(ward), compareWardNames);
  const leftWards = wardsOf(left, units);
  const rightWards = wardsOf(right, units);
  const met = meeting(left, right, common(leftWards, rightWards), isCalled, named);
  if (met !== undefined) return met;
  if (names !== undefined) return names;
  const bothKnown = leftWards.length > 0 && rightWards.length > 0;
  const bothCodes = left.wardCode !== undefined && right.wardCode !== undefined;
  return bothKnown || bothCodes ? DIFFERENT : undefined;
}

function compareProvinces(left: Address, right: Address, units: AdministrativeUnits): Comparison {
  const codes = compareUnitCodes(left.provinceCode, right.provinceCode, PROVINCE, units);
  if (codes !== undefined) return codes;
  const named = left.provinceName !== undefined && right.provinceName !== undefined;
  const names = named ? compareProvinceNames(left.provinceName, right.provinceName) : undefined;
  if (names !== undefined && agrees(names)) return names;
  // A place that gives its ward alone is in today's province of that ward.
  const isCalled = (place: Address, province: string): boolean =>
    !hasProvince(place) ||
    place.provinceCode === province ||
    isNamed(place.provinceName, units.provinceName(province), compareProvinceNames);
  const leftProvinces = provincesOf(left, units);
  const rightProvinces = provincesOf(right, units);
  const met = meeting(left, right, common(leftProvinces, rightProvinces), isCalled, named);
  if (met !== undefined) return met;
  if (names !== undefined) return names;
  if (leftProvinces.length === 0 && !hasProvince(left)) return MISSING_LEFT;
  if (rightProvinces.length === 0 && !hasProvince(right)) return MISSING_RIGHT;
  return DIFFERENT;
}

/**
 * What two places are that may stand in the same unit of today. One that has its name and one that has an older name are the same place;
 * two older names are two places that became one.
 */
function meeting(
  left: Address,
  right: Address,
  shared: readonly string[],
  isCalled: (place: Address, unit: string) => boolean,
  named: boolean,
): Comparison | undefined {
  if (shared.length === 0) return undefined;
  const leftIsNew = shared.some((unit) => isCalled(left, unit));
  const rightIsNew = shared.some((unit) => isCalled(right, unit));
  if (leftIsNew !== rightIsNew) return RENAMED_UNIT;
  if (!named) return EQUAL;
  return leftIsNew ? RENAMED_UNIT : undefined;
}

function isNamed(name: string | undefined, unit: string | null, compare: typeof compareWardNames): boolean {
  return name !== undefined && unit !== null && agrees(compare(name, unit));
}

/** New wards that a place may be in; none when the tables don't know it. */
function wardsOf(place: Address, units: AdministrativeUnits): readonly string[] {
  const byCode = place.wardCode === undefined ? [] : units.newWardsOf(place.wardCode);
  if (byCode.length > 0 || place.wardName === undefined) return byCode;
  return units.newWardsByName(place.wardName, provinceHintOf(place));
}

/** What is known of a place's province, for finding its ward by name. */
export function provinceHintOf({ provinceCode, provinceName }: Address): { code?: string; name?: string } {
  return {
    ...(provinceCode === undefined ? {} : { code: provinceCode }),
    ...(provinceName === undefined ? {} : { name: provinceName }),
  };
}

/** New provinces that a place may be in; none when it does not say, or the tables don't know it. */
function provincesOf(place: Address, units: AdministrativeUnits): readonly string[] {
  const byCode = place.provinceCode === undefined ? [] : units.newProvincesOf(place.provinceCode);
  if (byCode.length > 0) return byCode;
  if (place.provinceName !== undefined) return units.newProvincesByName(place.provinceName);
  if (place.provinceCode !== undefined) return [];
  return wardsOf(place, units)
    .map((ward) => units.provinceOfWard(ward))
    .filter((province) => province !== null);
}

function common(left: readonly string[], right: readonly string[]): readonly string[] {
  return left.filter((unit) => right.includes(unit));
}

function areApart(left: readonly string[], right: readonly string[]): boolean {
  return left.length > 0 && right.length > 0 && common(left, right).length === 0;
}
