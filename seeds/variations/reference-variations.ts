import type { Check } from '#contracts/verdicts';
import {
  finding,
  matched,
  mismatched,
  NOT_APPLICABLE,
  on,
  onEach,
  PLAIN,
  unfound,
  type Variation,
} from './variation.ts';

/** Checks of one person against the residents. */
const PEOPLE: readonly Check[] = ['legal-representative', 'taxpayer-identity', 'birth', 'death', 'marriage'];
/** Those that compare the gender. */
const GENDERED: readonly Check[] = ['legal-representative', 'taxpayer-identity', 'birth'];
/** Those in which the person may be somebody whom the residents database does not know. */
const SINGLE: readonly Check[] = ['legal-representative', 'taxpayer-identity', 'birth', 'death'];
/** Those in which the person can be chosen. */
const CHOSEN: readonly Check[] = ['legal-representative', 'taxpayer-identity'];

/** Variations of a person as a record of another registry mentions them: name, date of birth, gender. */
export const VALUE_VARIATIONS = [
  {
    name: 'name-nfd',
    rate: 0.005,
    does: 'name with decomposed letters',
    ...on(PEOPLE, matched(finding('fullName', 'EQUIVALENT', 'ENCODING'))),
  },
  {
    name: 'name-eth',
    rate: 0.002,
    does: 'Ð (U+00D0) in place of Đ',
    ...on(PEOPLE, matched(finding('fullName', 'EQUIVALENT', 'ENCODING'))),
  },
  {
    name: 'name-spacing',
    rate: 0.005,
    does: 'double, no-break, zero-width or trailing space in the name',
    ...on(PEOPLE, matched(finding('fullName', 'EQUIVALENT', 'SPACING'))),
  },
  {
    name: 'name-case',
    rate: 0.01,
    does: 'name in capitals or small letters',
    ...on(PEOPLE, matched(finding('fullName', 'EQUIVALENT', 'CASE'))),
  },
  {
    name: 'name-tone-placement',
    rate: 0.005,
    does: 'tone mark placed the new way (hoà for hòa)',
    ...on(PEOPLE, matched(finding('fullName', 'EQUIVALENT', 'TONE_PLACEMENT'))),
  },
  {
    name: 'birth-year-only',
    rate: 0.01,
    does: 'only the year of birth',
    ...on(PEOPLE, matched(finding('dateOfBirth', 'PARTIAL'))),
  },
  {
    name: 'birth-month-only',
    rate: 0.003,
    does: 'only year and month of birth',
    ...on(PEOPLE, matched(finding('dateOfBirth', 'PARTIAL'))),
  },
  {
    name: 'birth-date-missing',
    rate: 0.004,
    does: 'no date of birth',
    ...on(PEOPLE, matched(finding('dateOfBirth', 'MISSING_LEFT'))),
  },
  {
    name: 'gender-missing',
    rate: 0.005,
    does: 'no gender',
    ...on(GENDERED, matched(finding('gender', 'MISSING_LEFT'))),
  },
  {
    name: 'gender-unknown',
    rate: 0.003,
    does: 'gender UNKNOWN',
    ...on(GENDERED, matched(finding('gender', 'MISSING_LEFT'))),
  },
  {
    name: 'name-typo',
    rate: 0.008,
    does: 'one wrong letter in the name',
    ...on(PEOPLE, mismatched(['FIELD_MISMATCH'], finding('fullName', 'SIMILAR', 'TYPO'))),
  },
  {
    name: 'name-marks-lost',
    rate: 0.006,
    does: 'name without diacritics',
    ...on(PEOPLE, mismatched(['FIELD_MISMATCH'], finding('fullName', 'SIMILAR', 'DIACRITICS'))),
  },
  {
    name: 'name-tone-wrong',
    rate: 0.004,
    does: 'last word of the name without its diacritics (Hoa for Hòa)',
    ...on(PEOPLE, mismatched(['FIELD_MISMATCH'], finding('fullName', 'SIMILAR', 'DIACRITICS'))),
  },
  {
    name: 'name-i-y',
    rate: 0.004,
    does: 'i for y (Lí for Lý)',
    ...on(PEOPLE, mismatched(['FIELD_MISMATCH'], finding('fullName', 'SIMILAR', 'I_Y'))),
  },
  {
    name: 'name-other',
    rate: 0.003,
    does: 'another name',
    ...on(PEOPLE, mismatched(['FIELD_MISMATCH'], finding('fullName', 'DIFFERENT'))),
  },
  {
    name: 'birth-day-month-swap',
    rate: 0.005,
    does: 'day and month of birth swapped',
    ...on(PEOPLE, mismatched(['FIELD_MISMATCH'], finding('dateOfBirth', 'SIMILAR', 'DAY_MONTH_SWAP'))),
  },
  {
    name: 'birth-date-other',
    rate: 0.004,
    does: 'another day of the year of birth',
    ...on(PEOPLE, mismatched(['FIELD_MISMATCH'], finding('dateOfBirth', 'DIFFERENT'))),
  },
  {
    name: 'birth-first-january',
    rate: 0.003,
    does: '1 January of the year of birth',
    ...on(PEOPLE, mismatched(['FIELD_MISMATCH'], finding('dateOfBirth', 'DIFFERENT'))),
  },
  {
    name: 'birth-year-other',
    rate: 0.004,
    does: 'another year of birth, which the personal ID contradicts',
    ...on(PEOPLE, mismatched(['FIELD_MISMATCH', 'CROSS_FIELD'], finding('dateOfBirth', 'DIFFERENT'))),
  },
  {
    name: 'gender-other',
    rate: 0.004,
    does: 'the other gender, which the personal ID contradicts',
    ...onEach({
      ...on(GENDERED, mismatched(['FIELD_MISMATCH', 'CROSS_FIELD'], finding('gender', 'DIFFERENT'))).expect,
      death: mismatched(['CROSS_FIELD']),
      marriage: mismatched(['CROSS_FIELD']),
    }),
  },
] as const satisfies readonly Variation[];

/** Variations of how a record of another registry identifies a person. */
export const IDENTIFIER_VARIATIONS = [
  { name: 'id-separators', rate: 0.004, does: 'spaces, dots or dashes in the number', ...on(PEOPLE, PLAIN) },
  { name: 'id-untyped', rate: 0.02, does: '12 digits without a document type', ...on(PEOPLE, PLAIN) },
  { name: 'foreigner', rate: 0.008, does: 'a person of another nationality', ...on(SINGLE, NOT_APPLICABLE) },
  {
    name: 'passport-only',
    rate: 0.003,
    does: 'a passport and no personal ID, nationality not stated',
    ...on(SINGLE, NOT_APPLICABLE),
  },
  { name: 'no-id', rate: 0.005, does: 'no identifier', ...on(PEOPLE, unfound('NO_ID')) },
  { name: 'id-too-short', rate: 0.004, does: 'a personal ID of 11 digits', ...on(PEOPLE, unfound('INVALID_ID')) },
  { name: 'id-with-letter', rate: 0.002, does: 'a letter in the personal ID', ...on(PEOPLE, unfound('INVALID_ID')) },
  {
    name: 'id-wrong-type',
    rate: 0.003,
    does: '12 digits called a CMND9, or 9 called a personal ID',
    ...on(PEOPLE, unfound('INVALID_ID')),
  },
  { name: 'id-unknown', rate: 0.005, does: 'a personal ID that no resident has', ...on(PEOPLE, unfound('NOT_FOUND')) },
  {
    name: 'id-unknown-other-year',
    rate: 0.003,
    does: 'a personal ID that no resident has and that says another year of birth',
    ...on(PEOPLE, unfound('NOT_FOUND', 'CROSS_FIELD')),
  },
  { name: 'id-superseded', rate: 0.004, does: 'a cancelled personal ID', ...on(PEOPLE, mismatched(['ID_SUPERSEDED'])) },
  {
    name: 'id-superseded-other-gender',
    rate: 0.003,
    does: 'a cancelled personal ID that says the other gender',
    ...on(CHOSEN, mismatched(['ID_SUPERSEDED', 'CROSS_FIELD'])),
  },
  {
    name: 'cmnd9-only',
    rate: 0.006,
    does: 'a 9-digit number that one resident had',
    ...on(PEOPLE, mismatched(['CMND9_ONLY'])),
  },
  {
    name: 'cmnd9-unknown',
    rate: 0.002,
    does: 'a 9-digit number that no resident had',
    ...on(PEOPLE, unfound('NOT_FOUND')),
  },
  {
    name: 'cmnd9-of-two',
    rate: 0.003,
    does: 'a 9-digit number that two residents had',
    ...on(CHOSEN, unfound('DUPLICATE_SUSPECT')),
  },
  {
    name: 'deceased',
    rate: 0.006,
    does: 'a person who is dead, of a living business',
    ...on(CHOSEN, mismatched(['DECEASED'])),
  },
  {
    name: 'deceased-closed',
    rate: 0.005,
    does: 'a person who is dead, of a business that is closed',
    ...on(CHOSEN, PLAIN),
  },
] as const satisfies readonly Variation[];

/** Two variations in one line. */
export const COMBINED_VARIATIONS = [
  {
    name: 'name-typo-and-cmnd9',
    rate: 0.002,
    does: 'one wrong letter in the name, and a 9-digit number',
    ...on(PEOPLE, mismatched(['FIELD_MISMATCH', 'CMND9_ONLY'], finding('fullName', 'SIMILAR', 'TYPO'))),
  },
  {
    name: 'birth-swap-and-superseded',
    rate: 0.002,
    does: 'day and month of birth swapped, and a cancelled personal ID',
    ...on(PEOPLE, mismatched(['FIELD_MISMATCH', 'ID_SUPERSEDED'], finding('dateOfBirth', 'SIMILAR', 'DAY_MONTH_SWAP'))),
  },
  {
    name: 'name-case-and-year-only',
    rate: 0.003,
    does: 'name in capitals and only the year of birth',
    ...on(PEOPLE, matched(finding('fullName', 'EQUIVALENT', 'CASE'), finding('dateOfBirth', 'PARTIAL'))),
  },
  {
    name: 'deceased-with-typo',
    rate: 0.005,
    does: 'a person who is dead, of a living business, with one wrong letter in the name',
    ...on(CHOSEN, mismatched(['FIELD_MISMATCH', 'DECEASED'], finding('fullName', 'SIMILAR', 'TYPO'))),
  },
] as const satisfies readonly Variation[];

export const REFERENCE_VARIATIONS = [...VALUE_VARIATIONS, ...IDENTIFIER_VARIATIONS, ...COMBINED_VARIATIONS] as const;
export type ReferenceVariation = (typeof REFERENCE_VARIATIONS)[number]['name'];
