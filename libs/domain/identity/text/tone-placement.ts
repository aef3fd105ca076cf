/** The tone on the first vowel of oa, oe, uy: the old style. */
const PERHAPS_OLD = /[òóỏõọ][ae]|[ùúủũụ]y/;
const OLD_STYLE = /([òóỏõọ])([ae])(?![\p{L}\p{M}])|(?<!q)([ùúủũụ])(y)(?![\p{L}\p{M}])/gu;

const TONES: Readonly<Record<string, readonly [plain: string, tone: number]>> = Object.fromEntries(
  ['oòóỏõọ', 'uùúủũụ'].flatMap((row) => Array.from(row, (letter, tone) => [letter, [row.charAt(0), tone] as const])),
);
const NEW_STYLE: Readonly<Record<string, string>> = { a: 'aàáảãạ', e: 'eèéẻẽẹ', y: 'yỳýỷỹỵ' };

/**
 * Moves the tone of open oa, oe and uy to the second vowel (hòa → hoà, khỏe → khoẻ, thủy → thuỷ), in text of lower case.
 * Closed syllables (hoàn, xoài, Huỳnh) and qu (quý, where u belongs to the consonant) have one place only and stay.
 */
export function placeTones(text: string): string {
  return PERHAPS_OLD.test(text) ? text.replace(OLD_STYLE, moveTone) : text;
}

function moveTone(old: string, o?: string, a?: string, u?: string, y?: string): string {
  const [plain, tone] = TONES[o ?? u ?? ''] ?? [old, 0];
  return plain + (NEW_STYLE[a ?? y ?? '']?.charAt(tone) ?? '');
}
