import { decodeViqr } from './decode-legacy.ts';
import { evidenceFor, TCVN3_READING, VNI_READING } from './legacy-evidence.ts';
import { LEXICON } from './lexicon.ts';
import { isUnicodeSyllable, LONGEST_WORD, markedWords } from './marked-words.ts';
import { isSyllable } from './syllable.ts';

/** A legacy encoding: `tcvn3` and `vni` as their bytes look in Latin-1 or cp1252, `viqr` in ASCII. */
export type LegacyEncoding = 'tcvn3' | 'vni' | 'viqr';

/** Beyond Latin-1, what cp1252 shows for punctuation; any other character means that the text is Unicode already. */
const UNICODE = /[^\u0000-\u00ff\u2013\u2014\u2018-\u201d\u2022\u2026\u200b-\u200d\ufeff]/; // eslint-disable-line no-control-regex -- the range begins at 0
const NOT_ASCII = /[\u0080-\u00ff]/;
const PLAIN_WORDS = /(?<!\S)[a-z]+(?!\S)/g;
const LONGEST_NAME = 200;
/** How much of a file is looked at. */
const MOST_CHARACTERS = 1_000_000;

const VIQR_LETTER = /[aeou][\^(+]|[aeiouy][`~]/i;
const VIQR_MARK = /[\^(+]/;
const VIQR_TONED = /[\^(+][`'?~.]/;
const VIQR_BREAKS = /[\s,;:"/)[\]{}<>|-]+/;
const MOST_VIQR_WORDS = 5_000;

/** Weight of evidence from which a reading is certain. */
const CERTAIN = 2;

/**
 * Tells which legacy encoding a text is in, only when that is certain: every word with marks has to be spelt as a Vietnamese
 * syllable once decoded, one at least must not be as it stands, and the evidence must outweigh that of a foreign name (a French
 * Loïc or an Irish Seán is a syllable too when read as VNI, so it stays as it is). For a field or a whole file, of
 * which the first million characters are looked at.
 */
export function recogniseLegacy(text: string): LegacyEncoding | null {
  if (UNICODE.test(text)) return null;
  const sample = text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS) : text;
  if (!NOT_ASCII.test(text)) return isViqr(sample) ? 'viqr' : null;
  const words = markedWords(sample);
  if (words.every(isUnicodeSyllable)) return null;
  const needed = CERTAIN - surroundings(sample);
  const tcvn3 = evidenceFor(TCVN3_READING, words) >= needed;
  const vni = evidenceFor(VNI_READING, words) >= needed;
  if (tcvn3 === vni) return null;
  return tcvn3 ? 'tcvn3' : 'vni';
}

/** What the plain words around say: Vietnamese syllables, none of them foreign, speak for a Vietnamese name. */
function surroundings(text: string): number {
  if (text.length > LONGEST_NAME) return 0;
  const plain = text.toLowerCase().match(PLAIN_WORDS) ?? [];
  if (plain.length === 0 || !plain.every((word) => isSyllable(word))) return 0;
  return plain.length === 1 ? 0.25 : 0.75;
}

/** VIQR is certain where all words with its letters are syllables, and there are two of them or one with mark and tone. */
function isViqr(text: string): boolean {
  if (!VIQR_LETTER.test(text)) return false;
  const words = new Set(text.split(VIQR_BREAKS, MOST_VIQR_WORDS).filter((word) => VIQR_LETTER.test(word)));
  let weight = 0;
  for (const word of words) {
    const decoded = word.length > LONGEST_WORD ? '' : viqrSyllable(word);
    if (decoded === '') return false;
    weight += (VIQR_TONED.test(word) ? 2 : VIQR_MARK.test(word) ? 1 : 0.5) + (LEXICON.has(decoded) ? 1 : 0);
  }
  return weight >= CERTAIN;
}

/** The syllable that a word is in VIQR, with or without the full stop or question mark at its end; '' when it is none. */
function viqrSyllable(word: string): string {
  for (let end = word.length; end > 0 && (end === word.length || '.?!'.includes(word.charAt(end))); end--) {
    const decoded = decodeViqr(word.slice(0, end)).toLowerCase();
    if (isSyllable(decoded)) return decoded;
  }
  return '';
}
