import type { QuarantineReason } from '#contracts/events';

/**
 * Why a row can't be taken in: stable codes, and what to tell the person who has to fix the row. None of them repeats a
 * value.
 */
export const REASONS = {
  required: 'is required and missing',
  'wrong-type': 'holds another kind of value than this field takes',
  'unknown-spelling': 'is none of the values that this field takes',
  'date-form': 'is not a date written YYYY-MM-DD, YYYY-MM, YYYY, DD/MM/YYYY or MM/YYYY',
  'date-impossible': 'is a date that the calendar does not have',
  'moment-form': 'is not a moment written as RFC 3339, such as 2026-07-01T08:00:00+07:00',
  'in-the-future': 'lies more than a day ahead of the clock',
  'code-characters': 'holds other characters than digits, spaces, dots and dashes',
  'code-length': 'does not have the number of digits that its code has',
  'code-number': 'holds a number that is never issued',
  'code-check-digit': 'breaks its check digit',
  'code-suffix': 'has a suffix that is never issued',
  'unreadable-text': 'holds characters that no text has: NUL, or half a character pair',
  'too-long': 'is longer than this field takes',
  'too-many': 'has more entries than this field takes',
  'not-a-record': 'is not a record: one JSON object with named fields',
  'broken-json': 'is not valid JSON',
  'line-too-long': 'is longer than a line may be',
  'bad-encoding': 'holds bytes that are not text of the file’s encoding',
  'broken-quotes': 'opens a quotation mark that is not closed, or closes one in the middle of a value',
  'too-many-columns': 'has more values than the header has columns',
  'columns-disagree': 'stands in two columns with two values',
  'rows-disagree': 'differs between the rows of one record',
  'cell-error': 'is a cell with an error, such as #N/A',
  'too-large': 'makes a record that is larger than the log takes',
} as const;

export type ReasonCode = keyof typeof REASONS;

/** The name that reasons use for the whole row. */
export const WHOLE_ROW = '(row)';

export function reason(field: string, code: ReasonCode, shape?: string): QuarantineReason {
  return shape === undefined ? { field, code } : { field, code, shape };
}

const isReasonCode = (code: string): code is ReasonCode => Object.hasOwn(REASONS, code);

/** A reason as a sentence, for reports. */
export function describeReason({ field, code, shape }: QuarantineReason): string {
  const what = isReasonCode(code) ? REASONS[code] : code;
  return `${field === WHOLE_ROW ? 'The row' : field} ${what}${shape === undefined ? '' : ` (${shape})`}.`;
}
