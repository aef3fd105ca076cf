import type { Check, Code, FieldVerdict, Finding, Outcome, Why } from '#contracts/verdicts';

/** What a check must say of a record that carries a variation. */
export interface Expectation {
  readonly outcome: Outcome;
  readonly codes: readonly Code[];
  /** Fields that are not `EQUAL`, in the order of the rules. */
  readonly fields: readonly Finding[];
  /** Whether a counterpart is chosen. */
  readonly counterpart: boolean;
}

/** A way in which records are made to differ: an error to be found, or a harmless difference that must not be flagged. */
export interface Variation {
  readonly name: string;
  readonly does: string;
  /**
   * How often it is tried, as a share of what it can be planted in: lines of its checks, residents, couples, births. Where
   * the values do not allow it, it is put off to the next one in the same block.
   */
  readonly rate: number;
  /** The checks that it may be planted for. */
  readonly checks: readonly Check[];
  /** What each check must say; a check without an entry says nothing new. */
  readonly expect: Readonly<Partial<Record<Check, Expectation>>>;
}

/** The same expectation in several checks. */
export function on(
  checks: readonly Check[],
  expectation: Expectation,
): { readonly checks: readonly Check[]; readonly expect: Readonly<Partial<Record<Check, Expectation>>> } {
  return { checks, expect: Object.fromEntries(checks.map((check) => [check, expectation])) };
}

/** Another expectation per check. */
export function onEach(expect: Readonly<Partial<Record<Check, Expectation>>>): {
  readonly checks: readonly Check[];
  readonly expect: Readonly<Partial<Record<Check, Expectation>>>;
} {
  return { checks: CHECK_NAMES.filter((check) => expect[check] !== undefined), expect };
}

const CHECK_NAMES: readonly Check[] = [
  'legal-representative',
  'tax-registration',
  'taxpayer-identity',
  'birth',
  'death',
  'marriage',
  'duplicate',
];

export function finding(field: string, verdict: FieldVerdict, why?: Why): Finding {
  return why === undefined ? { field, verdict } : { field, verdict, why };
}

/** The counterpart is there and nothing material differs. */
export function matched(...fields: readonly Finding[]): Expectation {
  return { outcome: 'MATCHED', codes: [], fields, counterpart: true };
}

/** The counterpart is there and the check says why they do not go together. */
export function mismatched(codes: readonly Code[], ...fields: readonly Finding[]): Expectation {
  return { outcome: 'MISMATCHED', codes, fields, counterpart: true };
}

/** No counterpart was found or chosen. */
export function unfound(...codes: readonly Code[]): Expectation {
  return { outcome: 'MISMATCHED', codes, fields: [], counterpart: false };
}

/** No counterpart is due. */
export const NOT_APPLICABLE: Expectation = { outcome: 'NOT_APPLICABLE', codes: [], fields: [], counterpart: false };

/** Nothing differs. */
export const PLAIN: Expectation = matched();
