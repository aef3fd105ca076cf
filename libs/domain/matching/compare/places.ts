import type { Address } from '#contracts/records';
import type { AdministrativeUnits } from '../../identity/index.ts';
import { agrees, DIFFERENT, EQUAL, MISSING_LEFT, MISSING_RIGHT, RENAMED_UNIT, type Comparison } from './comparison.ts';
import { compareNames } from './names.ts';

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
  return (
    place !== undefined && (hasWard(place) || place.provinceCode !== undefined || place.provinceName !== undefined)
  );
}

function hasWard(place: Address): boolean {
  return place.wardCode !== undefined || place.wardName !== undefined;
}

/** Undefined when a code meets a name and the tables know neither: then the provinces decide. */
function compareWards(left: Address, right: Address, units: AdministrativeUnits): Comparison | undefined {
  const bothCodes = left.wardCode !== undefined && right.wardCode !== undefined;
  if (left.wardCode !== undefined && right.wardCode !== undefined) {
    if (left.wardCode === right.wardCode) return EQUAL;
    if (units.sameWard(left.wardCode, right.wardCode)) return RENAMED_UNIT;
    const known = (code: string): boolean => units.newWardsOf(code).length > 0;
    if (known(left.wardCode) && known(right.wardCode)) return DIFFERENT;
  }
  if (areApart(provincesOf(left, units), provincesOf(right, units), units)) return DIFFERENT;
  const names = compareIfBoth(left.wardName, right.wardName);
  if (names !== undefined && agrees(names)) return names;
  const leftWards = wardsOf(left, units);
  const rightWards = wardsOf(right, units);
  if (leftWards.some((ward) => rightWards.includes(ward))) return names === undefined ? EQUAL : RENAMED_UNIT;
  if (names !== undefined) return names;
  return bothCodes || (leftWards.length > 0 && rightWards.length > 0) ? DIFFERENT : undefined;
}

function compareProvinces(left: Address, right: Address, units: AdministrativeUnits): Comparison {
  if (left.provinceCode !== undefined && right.provinceCode !== undefined) {
    if (left.provinceCode === right.provinceCode) return EQUAL;
    return units.sameProvince(left.provinceCode, right.provinceCode) ? RENAMED_UNIT : DIFFERENT;
  }
  const names = compareIfBoth(left.provinceName, right.provinceName);
  if (names !== undefined && agrees(names)) return names;
  const leftProvinces = provincesOf(left, units);
  const rightProvinces = provincesOf(right, units);
  if (meet(leftProvinces, rightProvinces, units)) return names === undefined ? EQUAL : RENAMED_UNIT;
  if (names !== undefined) return names;
  if (leftProvinces.length === 0) return MISSING_LEFT;
  return rightProvinces.length === 0 ? MISSING_RIGHT : DIFFERENT;
}

function compareIfBoth(left: string | undefined, right: string | undefined): Comparison | undefined {
  return left === undefined || right === undefined ? undefined : compareNames(left, right);
}

/** New wards that a place may be in; none when the tables don't know it. */
function wardsOf(place: Address, units: AdministrativeUnits): readonly string[] {
  const byCode = place.wardCode === undefined ? [] : units.newWardsOf(place.wardCode);
  if (byCode.length > 0 || place.wardName === undefined) return byCode;
  return units.newWardsByName(place.wardName, {
    ...(place.provinceCode === undefined ? {} : { code: place.provinceCode }),
    ...(place.provinceName === undefined ? {} : { name: place.provinceName }),
  });
}

/** Codes of provinces that a place may be in; none when it does not say. */
function provincesOf(place: Address, units: AdministrativeUnits): readonly string[] {
  if (place.provinceCode !== undefined) return [place.provinceCode];
  if (place.provinceName !== undefined) return units.newProvincesByName(place.provinceName);
  return wardsOf(place, units)
    .map((ward) => units.provinceOfWard(ward))
    .filter((province) => province !== null && province !== undefined);
}

function meet(left: readonly string[], right: readonly string[], units: AdministrativeUnits): boolean {
  return left.some((one) => right.some((other) => one === other || units.sameProvince(one, other)));
}

function areApart(left: readonly string[], right: readonly string[], units: AdministrativeUnits): boolean {
  return left.length > 0 && right.length > 0 && !meet(left, right, units);
}
