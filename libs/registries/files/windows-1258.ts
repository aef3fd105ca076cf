/** The tones, which stand after their vowel: grave, hook, tilde, acute, dot. */
const TONED = /[aeiouyăâêôơư][\u0300\u0309\u0303\u0301\u0323]/giu;
const WORD = /[\p{L}\p{M}]+/gu;
const VIETNAMESE = /^[a-zăâđêôơư]*$/u;
const AT_MOST_ONE_TONE = /^\P{M}*[\u0300\u0309\u0303\u0301\u0323]?\P{M}*$/u;
/** Letters with circumflex, breve or horn, whose marks are part of the letter and not a tone. */
const LETTER_MARKS = /[\u0302\u0306\u031b]/gu;

const MIN_TONED_WORDS = 2;
const FOREIGN_SHARE = 0.02;

const decoder = new TextDecoder('windows-1258');

/** Decodes Windows-1258, and puts its tones together with their vowels. */
export const decodeWindows1258 = (bytes: Uint8Array): string => decoder.decode(bytes).normalize('NFC');

/**
 * Whether bytes are Windows-1258 for certain: some words bear a tone of their own after a vowel, as only
 * this encoding has them, and hardly any word has letters that are not Vietnamese.
 */
export function isWindows1258(bytes: Uint8Array): boolean {
  let marked = 0;
  let toned = 0;
  let foreign = 0;
  for (const [word] of decoder.decode(bytes).matchAll(WORD)) {
    if (/^[a-z]*$/i.test(word)) continue;
    marked += 1;
    if (isVietnamese(word)) toned += word.match(TONED) === null ? 0 : 1;
    else foreign += 1;
  }
  return toned >= MIN_TONED_WORDS && foreign <= marked * FOREIGN_SHARE;
}

function isVietnamese(word: string): boolean {
  const letters = word.normalize('NFD').toLowerCase();
  const tones = letters.replace(LETTER_MARKS, '');
  return AT_MOST_ONE_TONE.test(tones) && VIETNAMESE.test(tones.replace(/\p{M}/gu, ''));
}
