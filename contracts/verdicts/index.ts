import type { Registry } from '#contracts/records';

/** The checks, in the order of their table. */
export const CHECKS = [
  'legal-representative',
  'tax-registration',
  'taxpayer-identity',
  'birth',
  'death',
  'marriage',
  'duplicate',
] as const;
export type Check = (typeof CHECKS)[number];

export const OUTCOMES = ['MATCHED', 'MISMATCHED', 'NOT_APPLICABLE'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why a record is mismatched, in the order of their table. */
export const CODES = [
  'FIELD_MISMATCH',
  'NOT_FOUND',
  'NO_ID',
  'INVALID_ID',
  'ID_SUPERSEDED',
  'CMND9_ONLY',
  'DECEASED',
  'STATUS_CONFLICT',
  'CROSS_FIELD',
  'DUPLICATE_SUSPECT',
] as const;
export type Code = (typeof CODES)[number];

export const FIELD_VERDICTS = [
  'EQUAL',
  'EQUIVALENT',
  'PARTIAL',
  'SIMILAR',
  'DIFFERENT',
  'MISSING_LEFT',
  'MISSING_RIGHT',
] as const;
export type FieldVerdict = (typeof FIELD_VERDICTS)[number];

/** How two values come to be `EQUIVALENT`, in the order in which the first that applies is named. */
export const EQUIVALENT_WHYS = [
  'ENCODING',
  'SPACING',
  'CASE',
  'TONE_PLACEMENT',
  'ABBREVIATION',
  'RENAMED_UNIT',
] as const;
/** How two values come to be `SIMILAR`. */
export const SIMILAR_WHYS = ['I_Y', 'DIACRITICS', 'TYPO', 'DAY_MONTH_SWAP'] as const;
export type Why = (typeof EQUIVALENT_WHYS)[number] | (typeof SIMILAR_WHYS)[number];

/** What one field's comparison gave. `why` is there for `EQUIVALENT` and `SIMILAR` only. */
export interface Finding {
  readonly field: string;
  readonly verdict: FieldVerdict;
  readonly why?: Why;
}

/** A version of a record, by reference: no key, name or number in it. */
export interface VersionRef {
  /** Stream of the record. */
  readonly stream: string;
  /** Version of the stream at which this version of the record stands, from 0. */
  readonly version: number;
}

/**
 * What a check said: the payload that all verdict events share. It names fields and points to versions and
 * holds no personal value.
 */
export interface Verdict {
  readonly check: Check;
  readonly outcome: Outcome;
  readonly codes: readonly Code[];
  /** Every compared field that is not `EQUAL`, in the order of the rules; empty when there is no counterpart. */
  readonly findings: readonly Finding[];
  readonly left: VersionRef;
  readonly right: VersionRef | null;
  /** Version of the rules, such as `2026-11-01`. */
  readonly rules: string;
  /** Hash of the rules with the data tables that they use. */
  readonly rulesHash: string;
  /** Log position of the newest input: a record change or the activation of rules. */
  readonly asOf: number;
  /** Keyed hash of the values compared: a settlement lapses when it changes. */
  readonly valuesHash: string;
  /** New ward code of the checked record's place, or null when it is unknown: for facets. */
  readonly ward: string | null;
}

/** One line of the `verdicts` export: the contract of `record-formats`. */
export interface VerdictLine {
  readonly check: Check;
  readonly registry: Registry;
  readonly recordKey: string;
  readonly part: number;
  readonly counterpart: { readonly registry: Registry; readonly recordKey: string } | null;
  readonly outcome: Outcome;
  readonly codes: readonly Code[];
  readonly fields: readonly Finding[];
  readonly candidates?: readonly { readonly recordKey: string; readonly score: number }[];
  readonly rules: string;
}
