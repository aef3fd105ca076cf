import type { PersonRef } from '#contracts/records';
import { foldedText, parseCmnd9, parsePersonalId, type Cmnd9, type PersonalId } from '../identity/index.ts';

/**
 * What a person's document is worth for finding them: a personal ID, a 9-digit identity number, a passport, a number of a kind that
 * no resident is found by (`other`), none at all, or one that breaks its format or the stated type (`invalid`).
 */
export type Document =
  | { readonly kind: 'personal-id'; readonly id: PersonalId }
  | { readonly kind: 'cmnd9'; readonly id: Cmnd9 }
  | { readonly kind: 'passport' | 'other' | 'missing' | 'invalid' };

const PASSPORT: Document = { kind: 'passport' };
const OTHER: Document = { kind: 'other' };
const MISSING: Document = { kind: 'missing' };
const INVALID: Document = { kind: 'invalid' };

/**
 * Reads a person's document. Without a stated type, 12 digits are a personal ID and 9 a CMND9; with one, the number must fit it.
 * `OTHER` fits every number, and a passport every one but 12 digits: those are a personal ID.
 */
export function documentOf(person: PersonRef | null): Document {
  const type = person?.documentType;
  const number = person?.documentNumber;
  if (number === undefined) return type === 'PASSPORT' ? PASSPORT : MISSING;
  switch (type) {
    case 'PERSONAL_ID':
      return personalId(number) ?? INVALID;
    case 'CMND9':
      return cmnd9(number) ?? INVALID;
    case 'PASSPORT':
      return personalId(number) === undefined ? PASSPORT : INVALID;
    case 'OTHER':
      return personalId(number) ?? cmnd9(number) ?? OTHER;
    case undefined:
      return personalId(number) ?? cmnd9(number) ?? INVALID;
  }
}

function personalId(number: string): Document | undefined {
  const parsed = parsePersonalId(number);
  return parsed.ok ? { kind: 'personal-id', id: parsed.value } : undefined;
}

function cmnd9(number: string): Document | undefined {
  const parsed = parseCmnd9(number);
  return parsed.ok ? { kind: 'cmnd9', id: parsed.value } : undefined;
}

const HOME = new Set([
  'vietnam',
  'vn',
  'vnm',
  'vietnamese',
  'nguoivietnam',
  'quoctichvietnam',
  'chxhcnvietnam',
  'conghoaxahoichunghiavietnam',
  'conghoaxhcnvietnam',
]);

/** Whether a stated nationality is another than Việt Nam in any of its spellings; of several, one that is Việt Nam will do. */
export function isForeignNationality(nationality: string | undefined): boolean {
  if (nationality === undefined || nationality === 'Việt Nam') return false;
  const letters = (text: string): string => foldedText(text).replace(/[^\p{L}]/gu, '');
  return !nationality.split(/[,;/+&()]/u).some((one) => HOME.has(letters(one)));
}
