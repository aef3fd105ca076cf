import {
  finding,
  matched,
  mismatched,
  NOT_APPLICABLE,
  on,
  unfound,
  type Expectation,
  type Variation,
} from './variation.ts';

const identity = (expectation: Expectation) => on(['taxpayer-identity'], expectation);

/** Variations of a taxpayer who is a person. */
export const TAXPAYER_VARIATIONS = [
  {
    name: 'taxpayer-name-only',
    rate: 0.02,
    does: 'a 12-digit tax code and a name, nothing else of the person',
    ...identity(matched(finding('dateOfBirth', 'MISSING_LEFT'), finding('gender', 'MISSING_LEFT'))),
  },
  {
    name: 'taxpayer-without-document',
    rate: 0.02,
    does: 'found by the 12-digit tax code: no document number',
    ...identity(matched()),
  },
  {
    name: 'tax-code-other-person',
    rate: 0.005,
    does: '12-digit tax code and document number differ',
    ...identity(mismatched(['CROSS_FIELD'])),
  },
  {
    name: 'tax-code-superseded',
    rate: 0.004,
    does: 'a cancelled personal ID as tax code',
    ...identity(mismatched(['ID_SUPERSEDED'])),
  },
  {
    name: 'tax-code-unknown-person',
    rate: 0.004,
    does: 'a 12-digit tax code that no resident has',
    ...identity(unfound('NOT_FOUND')),
  },
] as const satisfies readonly Variation[];

const registration = (expectation: Expectation) => on(['tax-registration'], expectation);

/** Variations of an enterprise beside its taxpayer. */
export const REGISTRATION_VARIATIONS = [
  {
    name: 'tax-code-absent',
    rate: 0.03,
    does: 'the enterprise states no tax code: found by its own code',
    ...registration(matched()),
  },
  { name: 'tax-code-undashed', rate: 0.01, does: 'a 13-digit tax code without its dash', ...registration(matched()) },
  {
    name: 'company-name-nfd',
    rate: 0.006,
    does: 'name with decomposed letters',
    ...registration(matched(finding('name', 'EQUIVALENT', 'ENCODING'))),
  },
  {
    name: 'company-name-spacing',
    rate: 0.006,
    does: 'odd spaces in the name',
    ...registration(matched(finding('name', 'EQUIVALENT', 'SPACING'))),
  },
  {
    name: 'company-name-case',
    rate: 0.01,
    does: 'name in small letters',
    ...registration(matched(finding('name', 'EQUIVALENT', 'CASE'))),
  },
  {
    name: 'company-name-tone-placement',
    rate: 0.006,
    does: 'tone mark placed the new way',
    ...registration(matched(finding('name', 'EQUIVALENT', 'TONE_PLACEMENT'))),
  },
  {
    name: 'company-name-abbreviated',
    rate: 0.04,
    does: 'words of the name abbreviated',
    ...registration(matched(finding('name', 'EQUIVALENT', 'ABBREVIATION'))),
  },
  {
    name: 'ward-renamed',
    rate: 0.04,
    does: 'old ward code in one, new in the other',
    ...registration(matched(finding('address', 'EQUIVALENT', 'RENAMED_UNIT'))),
  },
  {
    name: 'ward-split',
    rate: 0.01,
    does: 'an old ward that was split, and one of its parts',
    ...registration(matched(finding('address', 'EQUIVALENT', 'RENAMED_UNIT'))),
  },
  {
    name: 'province-renamed',
    rate: 0.008,
    does: 'no wards; an old province and the one that it went into',
    ...registration(matched(finding('address', 'EQUIVALENT', 'RENAMED_UNIT'))),
  },
  {
    name: 'address-missing',
    rate: 0.008,
    does: 'no address of the enterprise',
    ...registration(matched(finding('address', 'MISSING_LEFT'))),
  },
  {
    name: 'taxpayer-address-missing',
    rate: 0.008,
    does: 'no address of the taxpayer',
    ...registration(matched(finding('address', 'MISSING_RIGHT'))),
  },
  {
    name: 'company-name-typo',
    rate: 0.01,
    does: 'one wrong letter in the name',
    ...registration(mismatched(['FIELD_MISMATCH'], finding('name', 'SIMILAR', 'TYPO'))),
  },
  {
    name: 'company-name-marks-lost',
    rate: 0.006,
    does: 'name without diacritics',
    ...registration(mismatched(['FIELD_MISMATCH'], finding('name', 'SIMILAR', 'DIACRITICS'))),
  },
  {
    name: 'company-name-i-y',
    rate: 0.005,
    does: 'i for y in the name',
    ...registration(mismatched(['FIELD_MISMATCH'], finding('name', 'SIMILAR', 'I_Y'))),
  },
  {
    name: 'company-name-other',
    rate: 0.006,
    does: 'another name',
    ...registration(mismatched(['FIELD_MISMATCH'], finding('name', 'DIFFERENT'))),
  },
  {
    name: 'ward-other',
    rate: 0.008,
    does: 'another ward',
    ...registration(mismatched(['FIELD_MISMATCH'], finding('address', 'DIFFERENT'))),
  },
  {
    name: 'tax-status-conflict',
    rate: 0.015,
    does: 'statuses that cannot both hold',
    ...registration(mismatched(['STATUS_CONFLICT'], finding('status', 'DIFFERENT'))),
  },
  {
    name: 'tax-code-of-another',
    rate: 0.008,
    does: "another enterprise's tax code",
    ...registration(mismatched(['FIELD_MISMATCH'], finding('name', 'DIFFERENT'))),
  },
  {
    name: 'tax-code-unknown',
    rate: 0.006,
    does: 'a tax code that no taxpayer has',
    ...registration(unfound('NOT_FOUND')),
  },
  {
    name: 'tax-code-check-digit',
    rate: 0.006,
    does: 'a tax code with a wrong check digit',
    ...registration(unfound('INVALID_ID')),
  },
  {
    name: 'tax-code-too-short',
    rate: 0.004,
    does: 'a tax code of 9 digits whose check digit does not fit',
    ...registration(unfound('INVALID_ID')),
  },
  { name: 'taxpayer-absent', rate: 0.006, does: 'no taxpayer', ...registration(unfound('NOT_FOUND')) },
  {
    name: 'taxpayer-withdrawn',
    rate: 0.004,
    does: 'the taxpayer was withdrawn',
    ...registration(unfound('NOT_FOUND')),
  },
  {
    name: 'enterprise-withdrawn',
    rate: 0.006,
    does: 'the enterprise was withdrawn: the taxpayer has lost its registration',
    ...registration(unfound('NOT_FOUND')),
  },
] as const satisfies readonly Variation[];

/** Variations of a taxpayer that is a body; the rates are shares of the enterprises. */
export const BODY_VARIATIONS = [
  {
    name: 'body-without-registration',
    rate: 0.1,
    does: 'an organisation with a tax code and no business registration',
    ...registration(NOT_APPLICABLE),
  },
  {
    name: 'enterprise-unknown',
    rate: 0.006,
    does: 'a taxpayer whose enterprise code no enterprise has',
    ...registration(unfound('NOT_FOUND')),
  },
] as const satisfies readonly Variation[];

export type TaxpayerVariation = (typeof TAXPAYER_VARIATIONS)[number]['name'];
export type RegistrationVariation = (typeof REGISTRATION_VARIATIONS)[number]['name'];
