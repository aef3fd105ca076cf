import { mix, type Random } from './random.ts';

/** How many residents one province can have: their numbers are told apart by the six last digits of the personal ID. */
export const MAX_RESIDENTS = 1_000_000;

/** The 63 codes of provinces that personal IDs begin with, behind a zero. */
const PROVINCES = (
  '01 02 04 06 08 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 45 46 48 49 51 52 54 56 58 60 62 ' +
  '64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 94 95 96'
).split(' ');

/**
 * Three kinds of numbers that can never meet, because they begin with different provinces: of residents, of residents' former
 * IDs, and of people whom the residents database does not have.
 */
export interface Identifiers {
  /** Number of the resident of that index (0 to 999,999), born in the given old province or somewhere else. */
  personalId(index: number, bornIn: string | undefined, gender: Sex, year: number): string;
  /** Former number of the resident of that index. */
  formerPersonalId(index: number, gender: Sex, year: number): string;
  /** A number that no resident has or had, one for each index. */
  unknownPersonalId(index: number, gender: Sex, year: number): string;
  /** 9-digit number of the resident of that index. */
  cmnd9(index: number): string;
  /** A 9-digit number that no resident has, one for each index. */
  unknownCmnd9(index: number): string;
}

export type Sex = 'MALE' | 'FEMALE';

/** @param homeProvinces two-digit codes of the old provinces in which most residents were born */
export function createIdentifiers(seed: number, homeProvinces: readonly string[]): Identifiers {
  const others = PROVINCES.filter((code) => !homeProvinces.includes(code));
  const migrants = others.slice(0, 16);
  const former = others.slice(16, 32);
  const elsewhere = others.slice(32);
  const offset = mix(seed) % MAX_RESIDENTS;
  const serial = (index: number): string => String((index * 618_033 + offset) % MAX_RESIDENTS).padStart(6, '0');
  const short = (index: number): string => String((index * 6_180_339 + offset) % 10_000_000).padStart(7, '0');
  const of = (codes: readonly string[], index: number): string => codes[index % codes.length] ?? '01';
  return {
    personalId: (index, bornIn, gender, year) =>
      `0${bornIn ?? of(migrants, index)}${centuryAndGender(gender, year)}${shortYear(year)}${serial(index)}`,
    formerPersonalId: (index, gender, year) =>
      `0${of(former, index)}${centuryAndGender(gender, year)}${shortYear(year)}${serial(index)}`,
    unknownPersonalId: (index, gender, year) =>
      `0${of(elsewhere, index)}${centuryAndGender(gender, year)}${shortYear(year)}${serial(index)}`,
    cmnd9: (index) => `13${short(2 * index)}`,
    unknownCmnd9: (index) => `13${short(2 * index + 1)}`,
  };
}

/** The fourth digit of a personal ID: even for men, odd for women, two higher for each century after the 20th. */
function centuryAndGender(gender: Sex, year: number): number {
  return (Math.floor(year / 100) - 19) * 2 + (gender === 'MALE' ? 0 : 1);
}

function shortYear(year: number): string {
  return String(year % 100).padStart(2, '0');
}

const WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3];
/** The largest prime below the 9,999,999 serials of a prefix: multiplying by a constant modulo a prime visits each once. */
const SERIALS = 9_999_991;

/** A source of 10-digit tax codes, each given once. */
export type TaxCodes = () => string;

/**
 * Tax codes of one block of the province; blocks do not meet as long as each takes at most `perBlock` serials, of which
 * one in eleven gives no code.
 *
 * @param prefix two digits, not `00`: the province that issued them
 */
export function createTaxCodes(seed: number, prefix: string, block: number, perBlock: number): TaxCodes {
  let taken = 0;
  return () => {
    for (;;) {
      if (taken >= perBlock) throw new RangeError(`More than ${perBlock} tax codes in a block`);
      const serial = (((block * perBlock + taken) * 618_033 + (mix(seed) % SERIALS)) % SERIALS) + 1;
      taken += 1;
      const nine = prefix + String(serial).padStart(7, '0');
      const check = taxCheckDigit(nine);
      if (check !== undefined) return nine + String(check);
    }
  };
}

/** Check digit of nine digits; undefined where no code with these digits exists. */
export function taxCheckDigit(nine: string): number | undefined {
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(nine[place]), 0);
  return sum % 11 === 0 ? undefined : 10 - (sum % 11);
}

/** The code with a wrong check digit in the tenth place. */
export function withWrongCheckDigit(code: string): string {
  return code.slice(0, 9) + String((Number(code[9]) + 3) % 10) + code.slice(10);
}

/** One capital letter and seven digits. */
export function drawPassport(random: Random): string {
  return 'BCEGKM'.charAt(random.below(6)) + String(1_000_000 + random.below(9_000_000));
}
