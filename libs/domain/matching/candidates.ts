import type { PersonRef, Resident } from '#contracts/records';
import type { FieldVerdict, Verdict } from '#contracts/verdicts';
import { foldedText } from '../identity/index.ts';
import { compareGender } from './compare/codes.ts';
import type { Comparison } from './compare/comparison.ts';
import { compareDates } from './compare/dates.ts';
import { compareNames } from './compare/names.ts';
import { oneEditApart } from './compare/one-edit.ts';
import { documentOf } from './documents.ts';
import { surnameBits } from './surnames.ts';

/** Someone who may be the person looked for. */
export interface Candidate {
  /** How likely it is the same person, 0 to 1, to two decimals. */
  readonly score: number;
  /** What speaks for it and against it: fields with their verdicts, such as `fullName EQUAL`; no values. */
  readonly for: readonly string[];
  readonly against: readonly string[];
}

/** Bits that say how unlikely it is, before any evidence, that one of all residents is the person. */
const PRIOR_BITS = 17;
/** What the names after the surname tell when they agree. */
const GIVEN_NAMES_BITS = 8;

const NAME_PENALTY_BITS = { I_Y: 1, DIACRITICS: 2, TYPO: 3 } as const;
const OTHER_NAME_BITS = -6;
const SAME_GIVEN_NAME_BITS = -2;

const FULL_DATE_BITS = 14;
const MONTH_BITS = 9;
const YEAR_BITS = 6;
const SWAPPED_DATE_BITS = 9;
const SAME_YEAR_BITS = -1;
const OTHER_DATE_BITS = -6;

const SAME_GENDER_BITS = 1;
const OTHER_GENDER_BITS = -4;

/** A number that is one digit off is seldom somebody else's. */
const NEAR_NUMBER_BITS = 12;

/** Where a mismatch has no counterpart, whatever the reason, someone may come into question. A check that does not apply looks for nobody. */
export const seeksCandidates = ({ outcome, right }: { outcome: Verdict['outcome']; right: unknown }): boolean =>
  outcome === 'MISMATCHED' && right === null;

type Person = Pick<PersonRef, 'fullName' | 'dateOfBirth'>;

/**
 * The keys under which candidates are sought: someone comes into question who shares one. At most two, from the folded name with the birth
 * year, and from the folded given name with the full date of birth. Index residents by the same function. Personal values: hash
 * them before they leave the process.
 */
export function candidateKeysOf({ fullName, dateOfBirth }: Person): readonly string[] {
  if (fullName === undefined || dateOfBirth === undefined) return [];
  const name = foldedText(fullName);
  const year = `${name}|${dateOfBirth.slice(0, 4)}`;
  return dateOfBirth.length < 'YYYY-MM-DD'.length ? [year] : [year, `${givenNameOf(name)}|${dateOfBirth}`];
}

/** How much speaks for a resident's being the person; agreement on a surname counts by how rare it is. */
export function scoreCandidate(person: PersonRef, resident: Resident): Candidate {
  const evidence = [
    nameEvidence(person.fullName, resident.fullName),
    dateEvidence(person.dateOfBirth, resident.dateOfBirth),
    genderEvidence(person.gender, resident.gender),
    numberEvidence(person, resident),
  ].filter((piece) => piece !== null);
  const bits = evidence.reduce((sum, piece) => sum + piece.bits, -PRIOR_BITS);
  return {
    score: Math.round(100 / (1 + 2 ** -bits)) / 100,
    for: evidence.filter((piece) => piece.bits > 0).map((piece) => piece.text),
    against: evidence.filter((piece) => piece.bits <= 0).map((piece) => piece.text),
  };
}

interface Evidence {
  readonly bits: number;
  readonly text: string;
}

function nameEvidence(left: string | undefined, right: string): Evidence | null {
  if (left === undefined) return null;
  const comparison = compareNames(left, right);
  const name = foldedText(right);
  const agreed = GIVEN_NAMES_BITS + surnameBits(surnameOf(name));
  switch (comparison.verdict) {
    case 'EQUAL':
    case 'EQUIVALENT':
      return evidence(agreed, 'fullName', comparison);
    case 'SIMILAR':
      return evidence(agreed - namePenalty(comparison), 'fullName', comparison);
    default: {
      const sameGivenName = givenNameOf(foldedText(left)) === givenNameOf(name);
      return evidence(sameGivenName ? SAME_GIVEN_NAME_BITS : OTHER_NAME_BITS, 'fullName', comparison);
    }
  }
}

function namePenalty({ why }: Comparison): number {
  return why === 'I_Y' || why === 'DIACRITICS' || why === 'TYPO' ? NAME_PENALTY_BITS[why] : 0;
}

function dateEvidence(left: string | undefined, right: string): Evidence | null {
  if (left === undefined) return null;
  const comparison = compareDates(left, right);
  const known = Math.min(left.length, right.length);
  return evidence(
    dateBits(comparison.verdict, known, left.slice(0, 4) === right.slice(0, 4)),
    'dateOfBirth',
    comparison,
  );
}

function dateBits(verdict: FieldVerdict, knownLength: number, sameYear: boolean): number {
  if (verdict === 'SIMILAR') return SWAPPED_DATE_BITS;
  if (verdict === 'DIFFERENT') return sameYear ? SAME_YEAR_BITS : OTHER_DATE_BITS;
  if (knownLength >= 'YYYY-MM-DD'.length) return FULL_DATE_BITS;
  return knownLength >= 'YYYY-MM'.length ? MONTH_BITS : YEAR_BITS;
}

function genderEvidence(left: string | undefined, right: string): Evidence | null {
  if (left === undefined || left === 'UNKNOWN' || right === 'UNKNOWN') return null;
  const comparison = compareGender(left, right);
  return evidence(comparison.verdict === 'EQUAL' ? SAME_GENDER_BITS : OTHER_GENDER_BITS, 'gender', comparison);
}

function numberEvidence(person: PersonRef, resident: Resident): Evidence | null {
  const document = documentOf(person);
  const digits = document.kind === 'personal-id' ? document.id.digits : person.documentNumber?.replace(/\D/g, '');
  if (digits === undefined || !oneEditApart(digits, resident.personalId)) return null;
  return { bits: NEAR_NUMBER_BITS, text: 'documentNumber SIMILAR TYPO' };
}

function evidence(bits: number, field: string, { verdict, why }: Comparison): Evidence {
  return { bits, text: why === undefined ? `${field} ${verdict}` : `${field} ${verdict} ${why}` };
}

function surnameOf(folded: string): string {
  const space = folded.indexOf(' ');
  return space < 0 ? folded : folded.slice(0, space);
}

function givenNameOf(folded: string): string {
  return folded.slice(folded.lastIndexOf(' ') + 1);
}
