import { finding, matched, mismatched, on, type Expectation, type Variation } from './variation.ts';

const birth = (expectation: Expectation) => on(['birth'], expectation);
const death = (expectation: Expectation) => on(['death'], expectation);
const marriage = (expectation: Expectation) => on(['marriage'], expectation);

/** Variations of a birth's parents. */
export const BIRTH_VARIATIONS = [
  {
    name: 'mother-name-case',
    rate: 0.006,
    does: "mother's name in capitals",
    ...birth(matched(finding('mother.fullName', 'EQUIVALENT', 'CASE'))),
  },
  {
    name: 'father-name-spacing',
    rate: 0.004,
    does: "odd spaces in the father's name",
    ...birth(matched(finding('father.fullName', 'EQUIVALENT', 'SPACING'))),
  },
  {
    name: 'mother-missing',
    rate: 0.002,
    does: 'no mother in the birth',
    ...birth(matched(finding('mother.fullName', 'MISSING_LEFT'))),
  },
  {
    name: 'father-missing',
    rate: 0.006,
    does: 'no father in the birth, though the resident has one',
    ...birth(matched(finding('father.fullName', 'MISSING_LEFT'))),
  },
  {
    name: 'mother-name-typo',
    rate: 0.006,
    does: "one wrong letter in the mother's name",
    ...birth(mismatched(['FIELD_MISMATCH'], finding('mother.fullName', 'SIMILAR', 'TYPO'))),
  },
  {
    name: 'mother-name-other',
    rate: 0.003,
    does: 'another mother',
    ...birth(mismatched(['FIELD_MISMATCH'], finding('mother.fullName', 'DIFFERENT'))),
  },
  {
    name: 'father-name-marks-lost',
    rate: 0.003,
    does: "father's name without diacritics",
    ...birth(mismatched(['FIELD_MISMATCH'], finding('father.fullName', 'SIMILAR', 'DIACRITICS'))),
  },
  {
    name: 'father-name-other',
    rate: 0.003,
    does: 'another father',
    ...birth(mismatched(['FIELD_MISMATCH'], finding('father.fullName', 'DIFFERENT'))),
  },
] as const satisfies readonly Variation[];

/** Variations of a death and of what the residents know about it. */
export const DEATH_VARIATIONS = [
  {
    name: 'death-year-only',
    rate: 0.01,
    does: 'only the year of death',
    ...death(matched(finding('diedOn', 'PARTIAL'))),
  },
  {
    name: 'resident-death-date-missing',
    rate: 0.01,
    does: 'the resident is dead without a date',
    ...death(matched(finding('diedOn', 'MISSING_RIGHT'))),
  },
  {
    name: 'death-date-other',
    rate: 0.01,
    does: 'another date of death',
    ...death(mismatched(['FIELD_MISMATCH'], finding('diedOn', 'DIFFERENT'))),
  },
  {
    name: 'death-day-month-swap',
    rate: 0.01,
    does: 'day and month of death swapped',
    ...death(mismatched(['FIELD_MISMATCH'], finding('diedOn', 'SIMILAR', 'DAY_MONTH_SWAP'))),
  },
  {
    name: 'death-not-recorded',
    rate: 0.015,
    does: 'the resident is still alive',
    ...death(mismatched(['STATUS_CONFLICT'], finding('status', 'DIFFERENT'), finding('diedOn', 'MISSING_RIGHT'))),
  },
] as const satisfies readonly Variation[];

/** Variations of what the residents know about a marriage in force. */
export const MARRIAGE_VARIATIONS = [
  {
    name: 'marital-status-unknown',
    rate: 0.005,
    does: 'marital status of the resident UNKNOWN',
    ...marriage(matched()),
  },
  {
    name: 'marital-status-missing',
    rate: 0.004,
    does: 'no marital status of the resident',
    ...marriage(matched(finding('maritalStatus', 'MISSING_RIGHT'))),
  },
  {
    name: 'spouse-missing',
    rate: 0.005,
    does: 'no spouse of the resident',
    ...marriage(matched(finding('spouse.fullName', 'MISSING_RIGHT'))),
  },
  {
    name: 'spouse-name-case',
    rate: 0.004,
    does: "the spouse's name in capitals at the resident",
    ...marriage(matched(finding('spouse.fullName', 'EQUIVALENT', 'CASE'))),
  },
  {
    name: 'spouse-name-typo',
    rate: 0.004,
    does: "one wrong letter in the spouse's name at the resident",
    ...marriage(mismatched(['FIELD_MISMATCH'], finding('spouse.fullName', 'SIMILAR', 'TYPO'))),
  },
  {
    name: 'spouse-name-other',
    rate: 0.004,
    does: 'another spouse at the resident',
    ...marriage(mismatched(['FIELD_MISMATCH'], finding('spouse.fullName', 'DIFFERENT'))),
  },
  {
    name: 'marriage-not-recorded',
    rate: 0.006,
    does: 'the resident is still single, without a spouse',
    ...marriage(
      mismatched(
        ['STATUS_CONFLICT'],
        finding('maritalStatus', 'DIFFERENT'),
        finding('spouse.fullName', 'MISSING_RIGHT'),
      ),
    ),
  },
  {
    name: 'marital-status-divorced',
    rate: 0.004,
    does: 'the resident is divorced, the marriage in force',
    ...marriage(mismatched(['STATUS_CONFLICT'], finding('maritalStatus', 'DIFFERENT'))),
  },
] as const satisfies readonly Variation[];

/** Variations of a marriage that has ended. The residents keep no spouse then. */
export const DIVORCE_VARIATIONS = [
  {
    name: 'divorced',
    rate: 1,
    does: 'an ended marriage: the resident has no spouse',
    ...marriage(matched(finding('spouse.fullName', 'MISSING_RIGHT'))),
  },
  {
    name: 'divorce-not-recorded',
    rate: 0.05,
    does: 'the marriage ended in divorce, the resident was never married',
    ...marriage(
      mismatched(
        ['STATUS_CONFLICT'],
        finding('maritalStatus', 'DIFFERENT'),
        finding('spouse.fullName', 'MISSING_RIGHT'),
      ),
    ),
  },
] as const satisfies readonly Variation[];

export type BirthVariation = (typeof BIRTH_VARIATIONS)[number]['name'];
export type DeathVariation = (typeof DEATH_VARIATIONS)[number]['name'];
export type MarriageVariation = (typeof MARRIAGE_VARIATIONS)[number]['name'];
