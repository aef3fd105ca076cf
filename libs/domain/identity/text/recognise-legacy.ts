import { decodeTcvn3, decodeViqr, decodeVni } from './decode-legacy.ts';
import { LEXICON } from './lexicon.ts';
import { isSyllable } from './syllable.ts';

/** A legacy encoding: `tcvn3` and `vni` as their bytes look in Latin-1 or cp1252, `viqr` in ASCII. */
export type LegacyEncoding = 'tcvn3' | 'vni' | 'viqr';

/** Beyond Latin-1, what cp1252 shows for punctuation; any other character means that the text is Unicode already. */
const UNICODE = /[^\u0000-\u00ff\u2013\u2014\u2018-\u201d\u2022\u2026\u200b-\u200d\ufeff]/; // eslint-disable-line no-control-regex -- the range begins at 0
const NOT_ASCII = /[\u0080-\u00ff]/;
const WORD = /[0-9A-Za-z\u00a1-\u00ff]+/g;
const VIQR_WORD = /[^\s,;:"/()\[\]{}<>|-]*[aeouAEOU](?:[\^+]|\([`'?~.]?[A-Za-z])[^\s,;:"/[\]{}<>|-]*/g;

/** Weight of evidence from which a reading is certain. */
const CERTAIN = 2;
/** From so many words on (a file, not a field), one in fifty may be foreign or misspelt. */
const MANY_WORDS = 50;
const FOREIGN_SHARE = 0.02;
/** How many words of a long text are looked at. */
const MOST_WORDS = 5_000;

/**
 * Tells which legacy encoding a text is in, only when that is certain: every word with marks has to be spelt as a Vietnamese
 * syllable once decoded, one at least must not be as it stands, and the evidence must outweigh that of a foreign name (a French
 * Loïc or an Irish Seán is a syllable too when read as VNI, so a lone one stays as it is). For a field or a whole file.
 */
export function recogniseLegacy(text: string): LegacyEncoding | null {
  if (UNICODE.test(text)) return null;
  if (!NOT_ASCII.test(text)) return isViqr(text) ? 'viqr' : null;
  const words = markedWords(text);
  if (words.length === 0 || words.every(isUnicodeSyllable)) return null;
  const tcvn3 = weigh(words, decodeTcvn3, tcvn3Evidence) >= CERTAIN;
  const vni = weigh(words, decodeVni, vniEvidence) >= CERTAIN;
  if (tcvn3 === vni) return null;
  return tcvn3 ? 'tcvn3' : 'vni';
}

function markedWords(text: string): string[] {
  const words: string[] = [];
  for (const [word] of text.matchAll(WORD)) {
    if (NOT_ASCII.test(word) && words.push(word) === MOST_WORDS) break;
  }
  return words;
}

function isUnicodeSyllable(word: string): boolean {
  return isSyllable(word.replaceAll('Ð', 'đ').toLowerCase());
}

/** Evidence that the words are in an encoding: 0 when too many of them make no syllable. */
function weigh(words: readonly string[], decode: (word: string) => string, evidence: (word: string) => number): number {
  const foreignAllowed = words.length < MANY_WORDS ? 0 : words.length * FOREIGN_SHARE;
  let foreign = 0;
  let weight = 0;
  const seen = new Map<string, boolean>();
  for (const word of words) {
    let fits = seen.get(word);
    if (fits === undefined) {
      const decoded = decode(word).toLowerCase();
      fits = isSyllable(decoded);
      seen.set(word, fits);
      const known = LEXICON.has(decoded);
      if (fits && isUnicodeSyllable(word)) weight += known ? 0.5 : 0;
      else if (fits) weight += evidence(word) + (known ? (decoded.length > 3 ? 1.5 : 1) : 0);
    }
    if (!fits && ++foreign > foreignAllowed) return 0;
  }
  return weight;
}

/** A sign that is no letter after a letter, or § or ® before one: no language writes words so. */
const TCVN3_SIGN = /[A-Za-z\u00c0-\u00ff][\u00a1-\u00a9\u00ab-\u00bf\u00d7\u00f7]|^[§®][A-Za-z\u00a1-\u00ff]/;
const CAPITAL_INSIDE = /[a-z][\u00c0-\u00de]/;

function tcvn3Evidence(word: string): number {
  if (TCVN3_SIGN.test(word) || CAPITAL_INSIDE.test(word)) return 2;
  return /[ªßþÞ]/.test(word) ? 1 : 0.5;
}

/** Pairs of vowel and mark that no other language has, in any case. */
const VNI_ONLY = /[aeo][âêåã]|[ao]à|aá|[aeo]õ|yõ|[ôö][øùûõï]|ñ[a-zâ-ÿ]*[âêåãøõöô]/i;
const VNI_RARE = /[aeouy][øõ]|^ñ|ö[oô]/i;

function vniEvidence(word: string): number {
  if (VNI_ONLY.test(word)) return 2;
  return VNI_RARE.test(word) ? 1 : 0.5;
}

function isViqr(text: string): boolean {
  const words = text.match(VIQR_WORD) ?? [];
  let weight = 0;
  for (const word of new Set(words)) {
    const bare = word.replace(/[.?'`~]+$/, (end) =>
      /[\^(+aeiouy]$/i.test(word.slice(0, -end.length)) ? end.charAt(0) : '',
    );
    const decoded = decodeViqr(bare).toLowerCase();
    if (!isSyllable(decoded)) return false;
    weight += (/[\^(+][`'?~.]/.test(bare) ? 2 : 1) + (LEXICON.has(decoded) ? 1 : 0);
  }
  return weight >= CERTAIN;
}
