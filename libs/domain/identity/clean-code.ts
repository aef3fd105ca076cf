import { parsed, refused, type Parsed } from './parsed.ts';
import { INVISIBLE, SPACE } from './text/invisible.ts';

/** Whatever people put between digits: dots, hyphens and dashes beside spaces. */
const SEPARATORS = new RegExp(String.raw`[${SPACE}${INVISIBLE}.\u2010-\u2015\u2212\ufe58\ufe63\uff0d-]+`, 'g');
const SPACES = new RegExp(`[${SPACE}${INVISIBLE}]+`, 'g');
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
