import { TONED_VOWELS } from './syllable.ts';

/**
 * Tables of the three legacy encodings, each as pairs of what is typed and the letter meant. The typed side is a string of
 * Latin-1 characters: what a font of the encoding shows as Vietnamese when the bytes are taken for Latin-1 or cp1252.
 */
export type LegacyTable = ReadonlyMap<string, string>;

/** Bytes of TCVN3 (ABC, TCVN 5712-1) in the order of the letters below, tones grave, acute, hook, tilde, dot. */
const TCVN3_ROWS: readonly (readonly [bytes: string, letters: string])[] = [
  ['B5 B8 B6 B7 B9', 'àáảãạ'],
  ['A8 BB BE BC BD C6', 'ăằắẳẵặ'],
  ['A9 C7 CA C8 C9 CB', 'âầấẩẫậ'],
  ['AE', 'đ'],
  ['CC D0 CE CF D1', 'èéẻẽẹ'],
  ['AA D2 D5 D3 D4 D6', 'êềếểễệ'],
  ['D7 DD D8 DC DE', 'ìíỉĩị'],
  ['DF E3 E1 E2 E4', 'òóỏõọ'],
  ['AB E5 E8 E6 E7 E9', 'ôồốổỗộ'],
  ['AC EA ED EB EC EE', 'ơờớởỡợ'],
  ['EF F3 F1 F2 F4', 'ùúủũụ'],
  ['AD F5 F8 F6 F7 F9', 'ưừứửữự'],
  ['FA FD FB FC FE', 'ỳýỷỹỵ'],
  ['A1 A2 A7 A3 A4 A5 A6', 'ĂÂĐÊÔƠƯ'],
];

/** TCVN3: one character stands for one letter. There are no toned capitals. */
export const TCVN3: LegacyTable = new Map(
  TCVN3_ROWS.flatMap(([bytes, letters]) => {
    const typed = bytes.split(' ').map((byte) => String.fromCharCode(parseInt(byte, 16)));
    return typed.map((character, i): [string, string] => [character, letters.charAt(i)]);
  }),
);

/** VNI marks after a vowel. `tones` are grave, acute, hook, tilde, dot; the others begin with the plain letter. */
const VNI_MARKS = { tones: 'øùûõï', circumflex: 'âàáåãä', breve: 'êèéúüë' } as const;
const VNI_BASES = { a: 'a', e: 'e', o: 'o', u: 'u', ô: 'ơ', ö: 'ư', y: 'y' } as const;
const VNI_CIRCUMFLEXED = { a: 'â', e: 'ê', o: 'ô' } as const;
const VNI_SINGLES = { ì: 'ì', í: 'í', ô: 'ơ', ö: 'ư', ñ: 'đ', æ: 'ỉ', ó: 'ĩ', ò: 'ị', î: 'ỵ' } as const;

/** VNI for Windows: a vowel and the mark after it stand for one letter; some letters are single characters. */
export const VNI: LegacyTable = withCapitals([
  ...Object.entries(VNI_SINGLES),
  ...Object.entries(VNI_BASES).flatMap(([typed, vowel]) => marked(typed, VNI_MARKS.tones, tonesOf(vowel).slice(1))),
  ...Object.entries(VNI_CIRCUMFLEXED).flatMap(([typed, vowel]) => marked(typed, VNI_MARKS.circumflex, tonesOf(vowel))),
  ...marked('a', VNI_MARKS.breve, tonesOf('ă')),
]);

const VIQR_TONES = "`'?~.";
const VIQR_VOWELS = { 'a(': 'ă', 'a^': 'â', 'e^': 'ê', 'o^': 'ô', 'o+': 'ơ', 'u+': 'ư' } as const;

/** VIQR: ASCII; a letter, its mark and its tone in a row. */
export const VIQR: LegacyTable = withCapitals([
  ['dd', 'đ'],
  ...Object.entries(VIQR_VOWELS),
  ...Array.from('aeiouy').flatMap((vowel) => marked(vowel, VIQR_TONES, tonesOf(vowel).slice(1))),
  ...Object.entries(VIQR_VOWELS).flatMap(([typed, vowel]) => marked(typed, VIQR_TONES, tonesOf(vowel).slice(1))),
]);

function tonesOf(vowel: string): string {
  return TONED_VOWELS.find((row) => row.startsWith(vowel)) ?? '';
}

function marked(typed: string, marks: string, letters: string): [string, string][] {
  return Array.from(marks, (mark, i) => [typed + mark, letters.charAt(i)]);
}

/** The pairs with those of capitals: the first typed character decides, whatever the case of the mark. */
function withCapitals(pairs: readonly (readonly [string, string])[]): LegacyTable {
  const table = new Map<string, string>();
  for (const [typed, letter] of pairs) {
    const first = typed.charAt(0);
    const rest = typed.slice(1);
    for (const mark of new Set([rest, rest.toUpperCase()])) {
      table.set(first + mark, letter);
      table.set(first.toUpperCase() + mark, letter.toUpperCase());
    }
  }
  return table;
}
