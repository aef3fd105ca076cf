import mst from 'stdnum/lib/cjs/vn/mst.js';
import { digitsOf, withoutSpaces } from './clean-code.ts';
import { parsed, refused, type IdReason, type Parsed } from './parsed.ts';

/** A tax code (mã số thuế). */
export type TaxCode =
  /** Ten digits: an organisation, or a household business of before July 2025. */
  | { readonly canonical: string; readonly kind: 'ENTERPRISE' }
  /** `NNNNNNNNNN-NNN`: a dependent unit. `parent` is the ten digits it hangs on. */
  | { readonly canonical: string; readonly kind: 'DEPENDENT'; readonly parent: string }
  /** Twelve digits: the personal ID of an individual, or of a household business's owner, since July 2025. */
  | { readonly canonical: string; readonly kind: 'PERSONAL' };

/**
 * Reads a tax code: 10 digits with a check digit, these and a suffix 001–999, or 12 digits (TT 86/2024/TT-BTC).
 * Refused: `EMPTY`, `CHARACTERS`, `LENGTH`, `NUMBER`, `CHECK_DIGIT`, `SUFFIX`.
 */
export function parseTaxCode(text: string): Parsed<TaxCode> {
  const code = digitsOf(text);
  if (!code.ok) return code;
  const digits = code.value;
  switch (digits.length) {
    case 10: {
      const fault = tenDigitFault(digits);
      return fault === null ? parsed({ canonical: digits, kind: 'ENTERPRISE' }) : refused(fault);
    }
    case 12:
      return isBrokenSuffix(text) ? refused('LENGTH') : parsed({ canonical: digits, kind: 'PERSONAL' });
    case 13: {
      const parent = digits.slice(0, 10);
      const fault = tenDigitFault(parent) ?? (digits.endsWith('000') ? 'SUFFIX' : null);
      if (fault !== null) return refused(fault);
      return parsed({ canonical: `${parent}-${digits.slice(10)}`, kind: 'DEPENDENT', parent });
    }
    default:
      return refused('LENGTH');
  }
}

/** What is wrong with the ten digits that an enterprise's code and its tax code share, or null. */
export function tenDigitFault(digits: string): IdReason | null {
  if (mst.validate(digits).isValid) return null;
  return digits.startsWith('00') || digits.startsWith('0000000', 2) ? 'NUMBER' : 'CHECK_DIGIT';
}

/** Whether twelve digits are written as ten and two: a suffix that has lost digits, not a personal ID. */
export function isBrokenSuffix(text: string): boolean {
  return text.length > 12 && /^[0-9]{10}[^0-9][0-9]{2}$/.test(withoutSpaces(text));
}
