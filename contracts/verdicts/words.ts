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
