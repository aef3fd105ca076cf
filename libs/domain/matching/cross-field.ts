import type { PersonRef, RecordContent } from '#contracts/records';
import { parsePersonalId, type PersonalId } from '../identity/index.ts';
import type { Part } from './checks.ts';
import { documentOf } from './documents.ts';
import { isResident, isTaxpayer } from './records.ts';

/**
 * Whether the checked record disagrees with itself: a 12-digit personal ID of the person, superseded or not, says another birth year or
 * gender than the record does, or a 12-digit tax code and a 12-digit document differ.
 */
export function contradictsItself(content: RecordContent, part: Part): boolean {
  const document = documentOf(part.person);
  const stated = document.kind === 'personal-id' ? document.id : undefined;
  if (stated !== undefined && idContradicts(stated, part.person)) return true;
  if (!isTaxpayer(content)) return false;
  const taxCode = parsePersonalId(content.taxCode);
  if (!taxCode.ok) return false;
  const number = parsePersonalId(part.person?.documentNumber ?? '');
  return (number.ok && number.value.digits !== taxCode.value.digits) || idContradicts(taxCode.value, part.person);
}

/**
 * Whether the resident's own personal ID says another birth year or gender than their record. Their former ones may: that is why an ID is
 * cancelled (Nghị định 70/2024, articles 11 and 12).
 */
export function residentContradictsItself(content: RecordContent): boolean {
  if (!isResident(content)) return false;
  const id = parsePersonalId(content.personalId);
  return id.ok && idContradicts(id.value, content);
}

function idContradicts(id: PersonalId, person: Pick<PersonRef, 'dateOfBirth' | 'gender'> | null): boolean {
  if (person === null) return false;
  const { dateOfBirth, gender } = person;
  if (dateOfBirth !== undefined && Number(dateOfBirth.slice(0, 4)) !== id.birthYear) return true;
  return gender !== undefined && gender !== 'UNKNOWN' && gender !== id.gender;
}
