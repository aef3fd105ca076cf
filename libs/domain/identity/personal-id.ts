import { digitsOf } from './clean-code.ts';
import { parsed, refused, type Parsed } from './parsed.ts';

/** A personal identification number, `PPP G YY RRRRRR` (NĐ 137/2015, TT 59/2021). */
export interface PersonalId {
  /** Twelve digits: its canonical form. */
  readonly digits: string;
  /** Where the birth was registered, a two-digit province code from before July 2025; null when the first three digits are a country's. */
  readonly provinceCode: string | null;
  readonly gender: 'MALE' | 'FEMALE';
  /** 1900–2399. */
  readonly birthYear: number;
}

/** A nine-digit identity number of the old kind. It says nothing about its holder. */
export interface Cmnd9 {
  readonly digits: string;
}

const CODE_0 = 48;

/**
 * Reads a personal ID. Only its length is a format: there is no check digit, and whether its year and gender fit the person
 * is a matter of comparing.
 * Refused: `EMPTY`, `CHARACTERS`, `LENGTH`.
 */
export function parsePersonalId(text: string): Parsed<PersonalId> {
  const code = digitsOf(text);
  if (!code.ok) return code;
  const digits = code.value;
  if (digits.length !== 12) return refused('LENGTH');
  const century = digits.charCodeAt(3) - CODE_0;
  return parsed({
    digits,
    provinceCode: digits.startsWith('0') ? digits.slice(1, 3) : null,
    gender: century % 2 === 0 ? 'MALE' : 'FEMALE',
    birthYear: (19 + (century >> 1)) * 100 + (digits.charCodeAt(4) - CODE_0) * 10 + (digits.charCodeAt(5) - CODE_0),
  });
}

/** Reads a nine-digit identity number. Refused: `EMPTY`, `CHARACTERS`, `LENGTH`. */
export function parseCmnd9(text: string): Parsed<Cmnd9> {
  const code = digitsOf(text);
  if (!code.ok) return code;
  return code.value.length === 9 ? parsed({ digits: code.value }) : refused('LENGTH');
}
