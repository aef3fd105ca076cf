import { tonedText } from '../text/levels.ts';
import { ENGLISH_FORMS, LEGAL_FORM, writtenOut } from './company-words.ts';

/** A company name taken apart, everything normalised as `tonedText` does and abbreviations written out. */
export interface CompanyName {
  /** Legal form: `công ty trách nhiệm hữu hạn một thành viên`; '' when the name has none. */
  readonly form: string;
  /** The name without its form; '' when it is nothing but a form. */
  readonly core: string;
  /** Form and core: what two names are compared by. */
  readonly full: string;
}

const BREAKS = /[\s,;:!?"“”„«»()[\]{}<>|_*\\–—]+|(?<![0-9])[-/]|[-/](?![0-9])/g;
const PUNCTUATION = /[&,;:!?"“”„«»()[\]{}<>|_*\\–—/.'’-]/;
const AMPERSAND = /\s*&\s*/g;
const DOTTED = /\./;
const INITIALS = /^(?:\p{L}\.)+\p{L}?\.?$/u;
const EDGES = /^['’.]+|['’.]+$/g;

/**
 * Takes a company name apart and writes its abbreviations out, wherever they stand.
 *
 * CN, TM, ĐT or CP may also be part of a proper name or mean something else (CN for công nghệ). They are written out all the
 * same: two names become equal only if the other one says these very words in the same place, or has the same abbreviation.
 * `CO., LTD` and `JSC` at the end become the Vietnamese form in front. Dots of initials go (`C.P.` is `CP`), other punctuation
 * separates words, `&` is `và`.
 */
export function normaliseCompanyName(text: string): CompanyName {
  const toned = tonedText(text);
  const name = takenApart(toned);
  // Punctuation that went may have kept a legacy encoding from being recognised.
  const settled = !PUNCTUATION.test(toned) || tonedText(name.full) === name.full;
  return settled ? name : normaliseCompanyName(name.full);
}

function takenApart(toned: string): CompanyName {
  const words = wordsOf(toned);
  const name = words.map((word, i) => writtenOut(word, words[i + 1])).join(' ');
  const form = (LEGAL_FORM.exec(name)?.[0] ?? '').trimEnd();
  return withoutEnglishForm(form, name.slice(form.length).trimStart());
}

function withoutEnglishForm(form: string, core: string): CompanyName {
  const spaced = ` ${core}`;
  for (const [tail, meant] of ENGLISH_FORMS) {
    if (spaced.endsWith(tail) && (form === '' || form.startsWith(meant))) {
      return withoutEnglishForm(form === '' ? meant : form, spaced.slice(1, -tail.length));
    }
  }
  return { form, core, full: form === '' || core === '' ? form + core : `${form} ${core}` };
}

function wordsOf(toned: string): string[] {
  if (!PUNCTUATION.test(toned)) return toned.split(' ');
  const words: string[] = [];
  for (const piece of toned.replace(AMPERSAND, ' và ').replace(BREAKS, ' ').split(' ')) {
    if (!DOTTED.test(piece)) push(words, piece);
    else if (INITIALS.test(piece)) push(words, piece.replaceAll('.', ''));
    else for (const part of piece.replace('c.ty', 'cty').split(/\.(?![0-9])|(?<![0-9])\./)) push(words, part);
  }
  return words;
}

function push(words: string[], piece: string): void {
  const word = piece.replace(EDGES, '');
  if (word !== '') words.push(word);
}
