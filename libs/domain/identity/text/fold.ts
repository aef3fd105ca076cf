import { TONED_VOWELS } from './syllable.ts';

const PLAIN = buildPlain();
const MARKS = /[\u0300-\u036f]/g;
const NOT_ASCII = /[^\x00-\x7f]/; // eslint-disable-line no-control-regex -- the range is ASCII

/** A text of lower case without diacritics: đ → d, ệ → e, ö → o. Letters of other scripts stay. */
export function withoutMarks(text: string): string {
  if (!NOT_ASCII.test(text)) return text;
  let folded = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) folded += text.charAt(i);
    else {
      const plain = PLAIN.get(code);
      if (plain === undefined) return text.normalize('NFD').replace(MARKS, '').replaceAll('đ', 'd').normalize('NFC');
      folded += plain;
    }
  }
  return folded;
}

function buildPlain(): ReadonlyMap<number, string> {
  const plain = new Map([['đ'.charCodeAt(0), 'd']]);
  for (const row of TONED_VOWELS) {
    const base = row.normalize('NFD').charAt(0);
    for (const letter of row) if (letter !== base) plain.set(letter.charCodeAt(0), base);
  }
  return plain;
}
