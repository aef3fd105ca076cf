import { forEachRecord, type Address, type RecordContent, type RecordType } from '#contracts/records';
import type { AdministrativeUnits } from '../identity/index.ts';
import { provinceHintOf } from './compare/places.ts';
import { isObject, valueAt } from './plan.ts';

const PLACES = forEachRecord(({ places }) => places.map((path) => path.split('.')));

/**
 * New ward code of a record's place, for facets: an enterprise's head office, a taxpayer's address, the ward of a civil-status register, where
 * a resident is registered or else lives; the record's definition says which. Null when it is unknown, or the old ward was split
 * and could be any of its parts.
 */
export function wardOf(record: RecordType, content: RecordContent, units: AdministrativeUnits): string | null {
  const place = placeOf(record, content);
  if (place?.wardCode !== undefined) return units.currentWard(place.wardCode);
  if (place?.wardName === undefined) return null;
  const wards = units.newWardsByName(place.wardName, provinceHintOf(place));
  return wards.length === 1 ? (wards[0] ?? null) : null;
}

function placeOf(record: RecordType, content: RecordContent): Address | undefined {
  for (const path of PLACES[record]) {
    const place = valueAt(content, path);
    if (isPlace(place)) return place;
  }
  return undefined;
}

function isPlace(value: unknown): value is Address {
  return isObject(value);
}
