import type { Address, RecordContent } from '#contracts/records';
import type { AdministrativeUnits } from '../identity/index.ts';
import { provinceHintOf } from './compare/places.ts';
import { isEnterprise, isResident, isTaxpayer } from './records.ts';

/**
 * New ward code of a record's place, for facets: an enterprise's head office, a taxpayer's address, the ward of a civil-status register, where
 * a resident is registered or else lives. Null when it is unknown, or the old ward was split and could be any of its parts.
 */
export function wardOf(content: RecordContent, units: AdministrativeUnits): string | null {
  if ('register' in content) return units.currentWard(content.register.wardCode);
  const place = placeOf(content);
  if (place?.wardCode !== undefined) return units.currentWard(place.wardCode);
  if (place?.wardName === undefined) return null;
  const wards = units.newWardsByName(place.wardName, provinceHintOf(place));
  return wards.length === 1 ? (wards[0] ?? null) : null;
}

function placeOf(content: RecordContent): Address | undefined {
  if (isEnterprise(content)) return content.headOffice;
  if (isTaxpayer(content)) return content.address;
  if (isResident(content)) return content.permanentAddress ?? content.currentAddress;
  return undefined;
}
