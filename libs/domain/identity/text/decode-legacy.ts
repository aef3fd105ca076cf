import { TCVN3, VIQR, VNI, type LegacyTable } from './legacy-tables.ts';

const LONGEST_VIQR = 3;
const LONGEST_VNI = 2;
const WORD = /[A-Za-z\u00a1-\u00ff]+/g;
const CAPITALS_ONLY = /^[^a-z]*[A-Z][^a-z]*[A-Z][^a-z]*$/;

/**
 * Decodes TCVN3 whose bytes were taken for Latin-1 or cp1252. TCVN3 has no toned capitals, its capital fonts draw the small
 * letters: so a word with two plain capitals and no plain small letter is written in capitals.
 */
export function decodeTcvn3(bytesAsLatin1: string): string {
  return bytesAsLatin1.replace(WORD, (word) => {
    const decoded = longestMatch(word, TCVN3, 1);
    return CAPITALS_ONLY.test(word) ? decoded.toUpperCase() : decoded;
  });
}

/** Decodes VNI for Windows whose bytes were taken for cp1252. A mark that follows no vowel stays. */
export function decodeVni(bytesAsCp1252: string): string {
  return longestMatch(bytesAsCp1252, VNI, LONGEST_VNI);
}

/** Decodes VIQR. A full stop or question mark right after a vowel is read as its tone. */
export function decodeViqr(text: string): string {
  return longestMatch(text, VIQR, LONGEST_VIQR);
}

function longestMatch(text: string, table: LegacyTable, longest: number): string {
  let decoded = '';
  for (let i = 0; i < text.length;) {
    let length = Math.min(longest, text.length - i);
    let letter = table.get(text.slice(i, i + length));
    while (letter === undefined && length > 1) letter = table.get(text.slice(i, i + --length));
    decoded += letter ?? text.charAt(i);
    i += length;
  }
  return decoded;
}
