import type { Code, Finding, Outcome } from '#contracts/verdicts';

/** What a check says of one part of a record. */
export interface Judgement {
  readonly outcome: Outcome;
  /** In the order of their table; empty unless `MISMATCHED`. */
  readonly codes: readonly Code[];
  /** The compared fields that are not `EQUAL`, in the order of the rules; empty without a counterpart. */
  readonly findings: readonly Finding[];
  /** The raw values that were judged, of both sides, in a fixed order: for a keyed hash. Personal values. */
  readonly values: readonly (string | null)[];
  /** New ward code of the checked record's place, or null when it is unknown. */
  readonly ward: string | null;
}
