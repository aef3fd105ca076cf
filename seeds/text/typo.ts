import type { TextVariant } from './text-variants.ts';

const CONSONANTS = 'bcghklmnprstvx';
const CONSONANT = /[bcghklmnprstvx]/i;

/**
 * One letter put in, left out, replaced, or two neighbours swapped. Only consonants without marks are touched, never a
 * word's first letter: so the result is no case of lost diacritics, tone placement or i for y.
 */
export const mistyped: TextVariant = (text, random) => {
  const places = [];
  for (let place = 1; place < text.length; place += 1) {
    if (CONSONANT.test(text.charAt(place)) && text.charAt(place - 1) !== ' ') places.push(place);
  }
  if (places.length === 0) return undefined;
  const place = random.pick(places);
  const letter = text.charAt(place);
  const before = text.slice(0, place);
  const after = text.slice(place + 1);
  const neighbour = after.charAt(0);
  switch (random.below(4)) {
    case 0:
      return before + after;
    case 1:
      return before + letter + letter + after;
    case 2:
      if (CONSONANT.test(neighbour) && neighbour !== letter) return before + neighbour + letter + after.slice(1);
      return before + after;
    default: {
      const next = CONSONANTS.charAt((CONSONANTS.indexOf(letter.toLowerCase()) + 5) % CONSONANTS.length);
      return before + (letter === letter.toLowerCase() ? next : next.toUpperCase()) + after;
    }
  }
};
