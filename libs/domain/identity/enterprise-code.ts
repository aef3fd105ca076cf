import { digitsOf } from './clean-code.ts';
import { parsed, refused, type Parsed } from './parsed.ts';
import { parseTaxCode, tenDigitFault } from './tax-code.ts';

/** The code of an entry in the enterprise registry. */
export type EnterpriseCode =
  /** Ten digits, the same as its tax code. */
  | { readonly canonical: string; readonly kind: 'ENTERPRISE' }
  /** `NNNNNNNNNN-NNN`: a branch or representative office. */
  | { readonly canonical: string; readonly kind: 'DEPENDENT'; readonly parent: string }
  /** `NNNNNNNNNN.NNNNN`: a business location; its five digits count within the parent. */
  | { readonly canonical: string; readonly kind: 'LOCATION'; readonly parent: string }
  /** Twelve digits: a household business under its owner's personal ID. */
  | { readonly canonical: string; readonly kind: 'PERSONAL' };

/**
 * Reads an enterprise code. Refused: `EMPTY`, `CHARACTERS`, `LENGTH`, `NUMBER`, `CHECK_DIGIT`, `SUFFIX`.
 */
export function parseEnterpriseCode(text: string): Parsed<EnterpriseCode> {
  const code = digitsOf(text);
  if (!code.ok) return code;
  if (code.value.length !== 15) return parseTaxCode(text);
  const parent = code.value.slice(0, 10);
  const fault = tenDigitFault(parent);
  if (fault !== null) return refused(fault);
  return parsed({ canonical: `${parent}.${code.value.slice(10)}`, kind: 'LOCATION', parent });
}
