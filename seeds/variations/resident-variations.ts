import type { Check, Finding } from '#contracts/verdicts';
import { finding, matched, mismatched, NOT_APPLICABLE, on, onEach, unfound, type Variation } from './variation.ts';

const PEOPLE: readonly Check[] = ['legal-representative', 'taxpayer-identity', 'birth', 'death', 'marriage'];
const GENDERED: readonly Check[] = ['legal-representative', 'taxpayer-identity', 'birth'];

/** Variations of a resident, seen by every record that points to them. The rates are shares of the residents. */
export const RESIDENT_VARIATIONS = [
  {
    name: 'resident-name-case',
    rate: 0.003,
    does: "the resident's name in capitals",
    ...on(PEOPLE, matched(finding('fullName', 'EQUIVALENT', 'CASE'))),
  },
  {
    name: 'resident-birth-year-only',
    rate: 0.004,
    does: 'only the year of birth at the resident',
    ...on(PEOPLE, matched(finding('dateOfBirth', 'PARTIAL'))),
  },
  {
    name: 'resident-gender-unknown',
    rate: 0.002,
    does: 'gender of the resident UNKNOWN',
    ...on(GENDERED, matched(finding('gender', 'MISSING_RIGHT'))),
  },
  {
    name: 'resident-parents-missing',
    rate: 0.004,
    does: 'no parents of the resident',
    ...on(['birth'], matched(finding('mother.fullName', 'MISSING_RIGHT'), finding('father.fullName', 'MISSING_RIGHT'))),
  },
  {
    name: 'resident-cross-field-gender',
    rate: 0.001,
    does: "the resident's personal ID says the other gender",
    ...on(PEOPLE, mismatched(['CROSS_FIELD'])),
  },
  {
    name: 'resident-cross-field-year',
    rate: 0.001,
    does: "the resident's personal ID says another year of birth",
    ...on(PEOPLE, mismatched(['CROSS_FIELD'])),
  },
  { name: 'resident-withdrawn', rate: 0.001, does: 'the resident was withdrawn', ...on(PEOPLE, unfound('NOT_FOUND')) },
] as const satisfies readonly Variation[];
export type ResidentVariation = (typeof RESIDENT_VARIATIONS)[number]['name'];

const NOTHING = onEach({});
const suspected = (...fields: readonly Finding[]) => on(['duplicate'], mismatched(['DUPLICATE_SUSPECT'], ...fields));

/** Residents who look like another one; the rates are shares of the residents. */
export const LOOKALIKE_VARIATIONS = [
  { name: 'duplicate', rate: 0.002, does: 'the same person twice, under two personal IDs', ...suspected() },
  {
    name: 'duplicate-name-case',
    rate: 0.001,
    does: 'the same person twice, once in capitals',
    ...suspected(finding('fullName', 'EQUIVALENT', 'CASE')),
  },
  {
    name: 'duplicate-cmnd9',
    rate: 0.002,
    does: 'two people with one 9-digit number',
    ...suspected(
      finding('fullName', 'DIFFERENT'),
      finding('dateOfBirth', 'DIFFERENT'),
      finding('gender', 'DIFFERENT'),
      finding('mother.fullName', 'DIFFERENT'),
      finding('father.fullName', 'DIFFERENT'),
    ),
  },
  {
    name: 'namesake',
    rate: 0.002,
    does: 'same name, date of birth and gender, other parents',
    ...NOTHING,
    checks: ['duplicate'],
  },
  {
    name: 'namesake-parents-unknown',
    rate: 0.001,
    does: 'same name, date of birth and gender, parents unknown',
    ...NOTHING,
    checks: ['duplicate'],
  },
  {
    name: 'double-deceased',
    rate: 0.001,
    does: 'the same person twice, one of them dead',
    ...NOTHING,
    checks: ['duplicate'],
  },
  {
    name: 'double-year-only',
    rate: 0.001,
    does: 'the same person twice, one with only a year of birth',
    ...NOTHING,
    checks: ['duplicate'],
  },
  {
    name: 'double-withdrawn',
    rate: 0.001,
    does: 'the same person twice, one withdrawn',
    ...NOTHING,
    checks: ['duplicate'],
  },
] as const satisfies readonly Variation[];
export type LookalikeVariation = (typeof LOOKALIKE_VARIATIONS)[number]['name'];

/** Variations of families: of couples, of births, of single mothers. */
export const FAMILY_VARIATIONS = [
  {
    name: 'twins',
    rate: 0.02,
    does: 'two children born on one day, as a share of births',
    ...NOTHING,
    checks: ['duplicate'],
  },
  {
    name: 'father-unknown',
    rate: 0.03,
    does: 'single mothers, as a share of households: neither birth nor resident names a father',
    ...on(['birth'], matched()),
  },
  {
    name: 'foreign-spouse',
    rate: 0.02,
    does: 'married to a foreigner, as a share of households',
    ...on(['marriage'], NOT_APPLICABLE),
  },
  {
    name: 'placeholder-cmnd9',
    rate: 0.025,
    does: 'more than 20 residents with the number 123456789, as a share of one block in fifty',
    ...NOTHING,
    checks: ['duplicate'],
  },
] as const satisfies readonly Variation[];
export type FamilyVariation = (typeof FAMILY_VARIATIONS)[number]['name'];
