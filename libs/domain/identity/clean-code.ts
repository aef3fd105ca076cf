import { parsed, refused, type Parsed } from './parsed.ts';

/** Spaces of every kind, dots, hyphens and dashes, invisible characters: whatever people put between digits. */
const SEPARATORS =
  /[\s.\u00ad\u034f\u061c\u180e\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060-\u206f\u2212\ufe58\ufe63\ufeff\uff0d-]+/g;
const SPACES = /[\s\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+/g;
const DIGITS = /^[0-9]+$/;

/**
 * A code without the spaces, dots and dashes that it may be written with (`record-formats`, "Codes"). A dot or a dash that
 * means something is not lost: 10, 12, 13 and 15 digits tell apart an enterprise, a personal ID, a dependent unit
 * (`NNNNNNNNNN-NNN`) and a business location (`NNNNNNNNNN.NNNNN`).
 */
export function cleanCode(text: string): string {
  return DIGITS.test(text) ? text : text.replace(SEPARATORS, '');
}

/** A text without spaces and invisible characters, dots and dashes kept. */
export function withoutSpaces(text: string): string {
  return text.replace(SPACES, '');
}

/** The digits of a code, or why there are none. */
export function digitsOf(text: string): Parsed<string> {
  const code = cleanCode(text);
  if (code === '') return refused('EMPTY');
  return DIGITS.test(code) ? parsed(code) : refused('CHARACTERS');
}
