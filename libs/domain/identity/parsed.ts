/**
 * Why a text is not the identifier or date that it was read as. It names no part of the value, so it may be logged.
 * `EMPTY` nothing but separators · `CHARACTERS` other than digits and separators · `LENGTH` another number of digits ·
 * `NUMBER` a part that is never issued (serial 0000000, province 00) · `CHECK_DIGIT` · `SUFFIX` a dependent unit's 000 ·
 * `FORM` not one of the written forms of a date · `IMPOSSIBLE_DATE` a month or day that the calendar has not.
 */
export type IdReason =
  'EMPTY' | 'CHARACTERS' | 'LENGTH' | 'NUMBER' | 'CHECK_DIGIT' | 'SUFFIX' | 'FORM' | 'IMPOSSIBLE_DATE';

/** What came of reading a text: the typed value, or the reason why it is none. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: IdReason };

export const parsed = <T>(value: T): Parsed<T> => ({ ok: true, value });
export const refused = (reason: IdReason): { readonly ok: false; readonly reason: IdReason } => ({ ok: false, reason });
