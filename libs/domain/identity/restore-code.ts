import { cleanCode, withoutSpaces } from './clean-code.ts';
import { parseEnterpriseCode } from './enterprise-code.ts';
import { parseTaxCode } from './tax-code.ts';

/** The kinds of code that may have lost a zero on their way. */
export type CodeKind = 'enterprise' | 'tax' | 'personal-id' | 'cmnd9';

const NINE_DIGITS = /^[1-9][0-9]{8}$/;
const LOST_ZERO = /^[1-9][0-9]{8}(?:[-.]?[0-9]{5}|-[0-9]{3})?$/;

/**
 * Gives back the zero that a spreadsheet took from a code, where the check digit proves it; any other text comes back as it is.
 *
 * - `enterprise`, `tax`: nine digits that are a valid code once a 0 is put in front, alone or with the suffix of a
 *   dependent unit (`100233488-001`) or, for an enterprise, of a business location (`100233488.00012`). Twelve bare digits
 *   stay: they may be a dependent unit that lost its zero, but they are a well-formed personal ID.
 * - `personal-id`, `cmnd9`: never. They have no check digit, so a number with a digit left out can't be told from one that
 *   lost its zero, and a wrong guess would be another person's number.
 */
export function restoreCode(kind: CodeKind, text: string): string {
  if (kind === 'personal-id' || kind === 'cmnd9') return text;
  const bare = cleanCode(text);
  const lost = NINE_DIGITS.test(bare) ? bare : withoutSpaces(text);
  if (!LOST_ZERO.test(lost)) return text;
  const restored = kind === 'tax' ? parseTaxCode(`0${lost}`) : parseEnterpriseCode(`0${lost}`);
  return restored.ok ? restored.value.canonical : text;
}
