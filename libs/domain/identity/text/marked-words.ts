import { isSyllable } from './syllable.ts';

const LAST_OF_CONTROLS = 0xa0;
const LAST_OF_LATIN1 = 0xff;
/** How many words of a long text are looked at. */
const MOST_WORDS = 5_000;
/** More characters than any Vietnamese syllable has, in any encoding. */
export const LONGEST_WORD = 16;
/** Words that were looked at before; names come from few words. */
const KNOWN_WORDS = new Map<string, boolean>();
const MOST_KNOWN_WORDS = 8_192;

/** The words of a text of Latin-1 that are not plain ASCII. */
export function markedWords(text: string): string[] {
  const words: string[] = [];
  let start = 0;
  let marked = false;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 0;
    if (code > LAST_OF_CONTROLS && code <= LAST_OF_LATIN1) marked = true;
    else if (!isAlphanumeric(code)) {
      if (marked && words.push(text.slice(start, i)) === MOST_WORDS) break;
      marked = false;
      start = i + 1;
    }
  }
  return words;
}

/** Whether every word with marks is a Vietnamese syllable as it stands. */
export function isSpeltAsUnicode(text: string): boolean {
  return markedWords(text).every(isUnicodeSyllable);
}

/** Whether a word is a Vietnamese syllable as it stands, in any case, Ð taken for Đ. */
export function isUnicodeSyllable(word: string): boolean {
  let spelt = KNOWN_WORDS.get(word);
  if (spelt === undefined) {
    if (word.length > LONGEST_WORD) return false;
    spelt = isSyllable(word.replaceAll('Ð', 'đ').toLowerCase());
    if (KNOWN_WORDS.size >= MOST_KNOWN_WORDS) KNOWN_WORDS.clear();
    KNOWN_WORDS.set(word, spelt);
  }
  return spelt;
}

function isAlphanumeric(code: number): boolean {
  const letter = code | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || (code >= 0x30 && code <= 0x39);
}
