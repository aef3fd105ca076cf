/**
 * What kinds of characters a text holds, found in one pass: most names need no work at most levels, and this says so.
 * The value is a sum of the flags.
 */
export const TRAIT = {
  /** A Vietnamese letter of Latin-1 (à, ê, ô, …); legacy encodings are typed with the same characters. */
  latin1: 1,
  /** A Vietnamese letter beyond Latin-1 (đ, ơ, ế, …): the text is Unicode, no legacy encoding. */
  vietnamese: 2,
  /** Another character of Latin-1, Ð and ð among them: perhaps a legacy encoding. */
  suspect: 4,
  /** Anything else: other scripts, combining marks, lone surrogates; it may not be normalised. */
  other: 8,
  /** A space that is not U+0020, two spaces in a row, or a space at an end. */
  spacing: 16,
  /** A capital letter, Vietnamese or not. */
  capital: 32,
  /** `^`, `(`, `+`, `~` or a grave accent after a vowel, with which VIQR writes its letters. */
  viqr: 64,
} as const;

/** Sum of TRAIT flags. */
export type Traits = number;

const LATIN1_LETTERS = 'ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý';
const ASCII_END = 0x80;
const TABLE_END = 0x1f00;
const SPACE = 0x20;

const TABLE = buildTable();
const VIQR_VOWEL = asciiSet('aeiouyAEIOUY');
const VIQR_MARK = asciiSet('^(+~`');

export function traitsOf(text: string): Traits {
  let traits = 0;
  let previous = SPACE;
  const { length } = text;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code === SPACE) {
      if (previous === SPACE) traits |= TRAIT.spacing;
    } else if (code < TABLE_END) {
      traits |= TABLE[code] ?? 0;
      if (code < ASCII_END && VIQR_MARK[code] === 1 && previous < ASCII_END && VIQR_VOWEL[previous] === 1)
        traits |= TRAIT.viqr;
    } else {
      traits |= TRAIT.other | TRAIT.spacing | TRAIT.capital;
    }
    previous = code;
  }
  return previous === SPACE && length > 0 ? traits | TRAIT.spacing : traits;
}

function buildTable(): Uint8Array {
  const table = new Uint8Array(TABLE_END);
  table.fill(TRAIT.other | TRAIT.capital | TRAIT.spacing, 0x100);
  table.fill(TRAIT.suspect, ASCII_END, 0x100);
  table.fill(TRAIT.spacing, 0x09, 0x0e);
  for (const space of [0x85, 0xa0, 0xad]) table[space] = TRAIT.suspect | TRAIT.spacing;
  table.fill(TRAIT.capital, 0x41, 0x5b);
  table.fill(TRAIT.suspect | TRAIT.capital, 0xc0, 0xdf);
  for (const letter of LATIN1_LETTERS) {
    const code = letter.charCodeAt(0);
    table[code] = TRAIT.latin1 | (code < 0xdf ? TRAIT.capital : 0);
  }
  for (const [from, to] of [
    [0x102, 0x103],
    [0x110, 0x111],
    [0x128, 0x129],
    [0x168, 0x169],
    [0x1a0, 0x1a1],
    [0x1af, 0x1b0],
    [0x1ea0, 0x1ef9],
  ] as const) {
    for (let code: number = from; code <= to; code++) {
      const capital = code === 0x1af || (code !== 0x1b0 && code % 2 === 0);
      table[code] = TRAIT.vietnamese | (capital ? TRAIT.capital : 0);
    }
  }
  return table;
}

function asciiSet(characters: string): Uint8Array {
  const table = new Uint8Array(ASCII_END);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}
