import { decodeTcvn3, decodeVni, isWrittenIn } from './decode-legacy.ts';
import { TCVN3, VNI, type LegacyTable } from './legacy-tables.ts';
import { LEXICON } from './lexicon.ts';
import { isUnicodeSyllable, LONGEST_WORD } from './marked-words.ts';
import { isSyllable } from './syllable.ts';

/** A way to read words, and how strongly a word that only makes sense in this way speaks for it. */
export interface Reading {
  readonly table: LegacyTable;
  readonly decode: (word: string) => string;
  readonly evidence: (word: string) => number;
}

export const TCVN3_READING: Reading = { table: TCVN3, decode: decodeTcvn3, evidence: tcvn3Evidence };
export const VNI_READING: Reading = { table: VNI, decode: decodeVni, evidence: vniEvidence };

/** From so many words on (a file, not a field), one in fifty may be foreign or misspelt. */
const MANY_WORDS = 50;
const FOREIGN_SHARE = 0.02;

/** What the words say for a reading; 0 when too many of them make no Vietnamese syllable in it. */
export function evidenceFor({ table, decode, evidence }: Reading, words: readonly string[]): number {
  const foreignAllowed = words.length < MANY_WORDS ? 0 : words.length * FOREIGN_SHARE;
  const seen = new Map<string, boolean>();
  let foreign = 0;
  let weight = 0;
  let shortFamiliar = false;
  for (const word of words) {
    let fits = seen.get(word);
    if (fits === undefined) {
      const decoded = word.length > LONGEST_WORD ? '' : decode(word).toLowerCase();
      const familiar = LEXICON.has(decoded);
      fits = isSyllable(decoded) && isWrittenIn(word, table);
      seen.set(word, fits);
      if (isUnicodeSyllable(word)) weight += familiar ? WEIGHT.ambiguous : 0;
      else if (fits) {
        weight += evidence(word) + (familiar && decoded.length > SHORT ? WEIGHT.familiar : 0);
        shortFamiliar ||= familiar && decoded.length <= SHORT;
      }
    }
    if (!fits && ++foreign > foreignAllowed) return 0;
  }
  return shortFamiliar ? weight + WEIGHT.shortFamiliar : weight;
}

/** What a word adds that records are full of; a short one comes about by chance more easily, and counts once. */
const WEIGHT = {
  familiar: 1.5,
  shortFamiliar: 0.75,
  /** It makes sense as it stands, too. */
  ambiguous: 0.5,
} as const;
const SHORT = 3;

/** A sign that is no letter, or an ordinal ª, inside a word; § or ® before a letter; ß after a consonant: no language writes so. */
const TCVN3_SIGN =
  /[A-Za-z\u00c0-\u00ff](?:[\u00a1-\u00a9\u00ab-\u00bf\u00d7\u00f7]|\u00aa[A-Za-z])|^[§®][A-Za-z\u00a1-\u00ff]|[b-df-hj-np-tv-xz]ß/i;
/** A marked capital after a small letter, or a marked small letter among capitals. */
const WRONG_CASE = /[a-z][\u00c0-\u00de]|[A-Z][\u00df-\u00ff][A-Z]/;

function tcvn3Evidence(word: string): number {
  if (TCVN3_SIGN.test(word) || WRONG_CASE.test(word)) return 2;
  return /[ªßþÞ]/.test(word) ? 1 : 0.5;
}

/** Pairs of vowel and mark that no other language has. */
const VNI_ONLY = /[aeo][âêåã]|[ao]à|aá|yõ|[uy][ùû]|[ôö][øùûõï]|ñ[a-zâ-ÿ]*[âêåãøõöô]/i;
const VNI_RARE = /[aeouy][øõ]|^ñ|ö[oô]/i;

function vniEvidence(word: string): number {
  if (VNI_ONLY.test(word)) return 2;
  return VNI_RARE.test(word) ? 1 : 0.5;
}
