import type { Random } from '../random.ts';
import { countMarkedLetters, withoutMarks } from './fold.ts';

/** Ways in which a name comes to be written otherwise. Each gives undefined where the name does not allow it. */
export type TextVariant = (text: string, random: Random) => string | undefined;

/** Decomposed letters, as some systems of Apple and scanners give them. */
export const decomposed: TextVariant = (text) => changed(text, text.normalize('NFD'));

/** U+00D0 (Icelandic eth) in place of U+0110: they look alike. */
export const ethForD: TextVariant = (text) => changed(text, text.replaceAll('Đ', '\u00d0'));

/** A double space, a no-break space, a zero-width space or a space at the end. */
export const spaced: TextVariant = (text, random) => {
  const gap = text.indexOf(' ');
  if (gap < 0) return undefined;
  const put = (space: string): string => text.slice(0, gap) + space + text.slice(gap + 1);
  return random.pick([put('  '), put('\u00a0'), put(' \u200b'), `${text} `]);
};

export const upperCased: TextVariant = (text) => changed(text, text.toUpperCase());
export const lowerCased: TextVariant = (text) => changed(text, text.toLowerCase());

const OLD_PLACEMENT = 'òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy'.split(' ');
const NEW_PLACEMENT = 'oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ'.split(' ');
const PLACEMENT = new Map(
  OLD_PLACEMENT.flatMap((old, place) => {
    const renewed = NEW_PLACEMENT[place] ?? old;
    return [
      [old, renewed],
      [old.toUpperCase(), renewed.toUpperCase()],
    ] as const;
  }),
);
const PLACED = new RegExp(`(?<!q)(${[...PLACEMENT.keys()].join('|')})(?!\\p{L})`, 'gu');

/** hòa written hoà: only open oa, oe, uy. */
export const newTonePlacement: TextVariant = (text) =>
  changed(
    text,
    text.replace(PLACED, (old) => PLACEMENT.get(old) ?? old),
  );

const Y = 'yýỳỷỹỵYÝỲỶỸỴ';
const I = 'iíìỉĩịIÍÌỈĨỊ';

/** Lý written Lí: a final y behind a consonant or qu. */
export const iForY: TextVariant = (text) =>
  changed(
    text,
    text.replace(/(?<=(?:^|\s)(?:[bcdđghklmnprstvx]+|qu))[yýỳỷỹỵ](?!\p{L})/giu, (y) => I.charAt(Y.indexOf(y))),
  );

/** All diacritics lost; at least two letters change, so that no reading of it is a single wrong letter. */
export const marksLost: TextVariant = (text) => (countMarkedLetters(text) < 2 ? undefined : withoutMarks(text));

/** The last syllable without its marks: Hòa, Hoa. */
export const lastMarksLost: TextVariant = (text) => {
  const start = text.lastIndexOf(' ') + 1;
  return changed(text, text.slice(0, start) + withoutMarks(text.slice(start)));
};

function changed(before: string, after: string): string | undefined {
  return before === after ? undefined : after;
}
