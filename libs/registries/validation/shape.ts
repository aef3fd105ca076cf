const DIGITS = /^[0-9]+$/;
const MAX_PATTERN_LENGTH = 24;

/**
 * What a value looks like, without saying it: `12 digits`, `text of 4`, `text of 10 (99/99/9999)`, `list of 3`. In the pattern a
 * 9 stands for any digit and an `a` for any letter.
 */
export function shapeOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `list of ${value.length}`;
  if (typeof value === 'object') return 'object';
  if (typeof value === 'boolean') return 'true or false';
  if (typeof value === 'number') return Number.isInteger(value) ? `number of ${digitCount(value)} digits` : 'number';
  const text = typeof value === 'string' ? value : '';
  if (DIGITS.test(text)) return `${text.length} digits`;
  return text.length <= MAX_PATTERN_LENGTH && /[0-9]/.test(text)
    ? `text of ${text.length} (${patternOf(text)})`
    : `text of ${text.length}`;
}

const digitCount = (value: number): number => String(Math.abs(value)).replace(/e.*$/, '').length;

const patternOf = (text: string): string =>
  text.replace(/[\s\S]/gu, (character) => {
    if (/[0-9]/.test(character)) return '9';
    if (/[\p{L}\p{M}]/u.test(character)) return 'a';
    return /[-/.: ]/.test(character) ? character : '?';
  });
