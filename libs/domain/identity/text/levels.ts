import { decodeTcvn3, decodeViqr, decodeVni } from './decode-legacy.ts';
import { withoutMarks } from './fold.ts';
import { writeI } from './i-and-y.ts';
import { INVISIBLE, SPACE } from './invisible.ts';
import { isSpeltAsUnicode } from './marked-words.ts';
import { recogniseLegacy } from './recognise-legacy.ts';
import { placeTones } from './tone-placement.ts';
import { TRAIT, traitsOf, type Traits } from './traits.ts';

/*
 * The ladder of levels at which two texts may agree; each level includes those before it, so that the first level at which
 * they are equal is why they are equivalent. Every level is idempotent and takes any string, lone surrogates too.
 */

const ZERO_WIDTH = new RegExp(`[${INVISIBLE}]+`, 'g');
const SPACES = new RegExp(`[${SPACE}]+`, 'g');
const STROKED_D = /[\u00d0\u00f0\u0189\u0256]/g;
const MOST_ROUNDS = 8;

/** Level ENCODING: NFC, Đ for the look-alikes Ð and Ɖ, and text of a legacy encoding decoded where that is certain. */
export function decodedText(text: string): string {
  let decoded = text;
  for (let round = 0; round < MOST_ROUNDS && !isUnicode(decoded, traitsOf(decoded)); round++) {
    const next = decodeOnce(decoded);
    if (next === decoded) break;
    decoded = next;
  }
  return decoded;
}

/** Level SPACING: decoded, without zero-width characters, one plain space between words and none around. */
export function spacedText(text: string): string {
  const decoded = decodedText(text);
  const traits = traitsOf(decoded);
  if ((traits & TRAIT.spacing) === 0) return decoded;
  const spaced = respace(decoded);
  return isUnicode(spaced, traits) ? spaced : settle(spaced, (round) => respace(decodedText(round)));
}

/** Level CASE: spaced, in lower case. */
export function casedText(text: string): string {
  const spaced = spacedText(text);
  const traits = traitsOf(spaced);
  if ((traits & TRAIT.capital) === 0) return spaced;
  const cased = spaced.toLowerCase();
  return isUnicode(spaced, traits) ? cased : settle(cased, (round) => spacedText(round).toLowerCase());
}

/** Level TONE_PLACEMENT: cased, with the tone of open oa, oe, uy in the new style (hòa → hoà). */
export function tonedText(text: string): string {
  const cased = casedText(text);
  const toned = placeTones(cased);
  return toned === cased ? cased : settle(toned, (round) => placeTones(casedText(round)));
}

/** Level I_Y: toned, with i for y where a syllable may be spelt with either (Lý → lí). For findings only, never a match. */
export function iyText(text: string): string {
  const toned = tonedText(text);
  const written = writeI(toned);
  return written === toned ? toned : settle(written, (round) => writeI(tonedText(round)));
}

/** Level DIACRITICS: i for y, without diacritics. For review only, never a match: Hoa, Hòa and Hoá are different people. */
export function foldedText(text: string): string {
  return settle(text, (round) => withoutMarks(iyText(round)));
}

/**
 * Whether a text needs no decoding: plain ASCII, or Vietnamese letters of which one is beyond Latin-1 or that are spelt as
 * syllables. Spaces, case and tone placement don't change the answer.
 */
function isUnicode(text: string, traits: Traits): boolean {
  if ((traits & (TRAIT.suspect | TRAIT.other)) !== 0) return false;
  if ((traits & TRAIT.vietnamese) !== 0) return true;
  return (traits & TRAIT.latin1) === 0 ? (traits & TRAIT.viqr) === 0 : isSpeltAsUnicode(text);
}

function respace(text: string): string {
  return text.replace(ZERO_WIDTH, '').replace(SPACES, ' ').trim();
}

function decodeOnce(text: string): string {
  const composed = text.normalize('NFC');
  return decodeLegacy(composed).replace(STROKED_D, (letter) => (letter === 'Ð' || letter === 'Ɖ' ? 'Đ' : 'đ'));
}

function decodeLegacy(text: string): string {
  switch (recogniseLegacy(text)) {
    case 'tcvn3':
      return decodeTcvn3(text);
    case 'vni':
      return decodeVni(text);
    case 'viqr':
      return decodeViqr(text);
    case null:
      return text;
  }
}

/** One step may give another something to do (a character between two marks goes, and they compose): repeats until it rests. */
function settle(text: string, step: (text: string) => string): string {
  let current = text;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = step(current);
    if (next === current) break;
    current = next;
  }
  return current;
}
