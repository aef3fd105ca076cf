import { TCVN3, VIQR, VNI, type LegacyTable } from './legacy-tables.ts';

/** Characters that one letter takes at most, in any of the tables. */
const LONGEST = 3;
const LAST_OF_ASCII = 0x7f;
const WORD = /[A-Za-z\u00a1-\u00ff]+/g;
const CAPITALS_ONLY = /^[^a-z]*[A-Z][^a-z]*[A-Z][^a-z]*$/;

/**
 * Decodes TCVN3 whose bytes were taken for Latin-1 or cp1252. TCVN3 has no toned capitals, its capital fonts draw the small
 * letters: so a word with two plain capitals and no plain small letter is written in capitals.
 */
export function decodeTcvn3(bytesAsLatin1: string): string {
  return bytesAsLatin1.replace(WORD, (word) => {
    const decoded = longestMatch(word, TCVN3);
    return CAPITALS_ONLY.test(word) ? decoded.toUpperCase() : decoded;
  });
}

/** Decodes VNI for Windows whose bytes were taken for cp1252. A mark that follows no vowel stays. */
export function decodeVni(bytesAsCp1252: string): string {
  return longestMatch(bytesAsCp1252, VNI);
}

/** Decodes VIQR. A full stop or question mark right after a vowel is read as its tone. */
export function decodeViqr(text: string): string {
  return longestMatch(text, VIQR);
}

/** Whether every character beyond ASCII belongs to a letter of the encoding: if not, the text is in another one. */
export function isWrittenIn(text: string, table: LegacyTable): boolean {
  for (let i = 0; i < text.length;) {
    const length = matchAt(text, i, table);
    if (length === 0 && text.charCodeAt(i) > LAST_OF_ASCII) return false;
    i += Math.max(length, 1);
  }
  return true;
}

function longestMatch(text: string, table: LegacyTable): string {
  let decoded = '';
  for (let i = 0; i < text.length;) {
    const length = matchAt(text, i, table);
    decoded += length === 0 ? text.charAt(i) : (table.get(text.slice(i, i + length)) ?? '');
    i += Math.max(length, 1);
  }
  return decoded;
}

/** How many characters from there make one letter; 0 when none do. */
function matchAt(text: string, at: number, table: LegacyTable): number {
  let length = Math.min(LONGEST, text.length - at);
  while (length > 0 && !table.has(text.slice(at, at + length))) length--;
  return length;
}
