import type { RecordContents, Registry } from '#contracts/records';
import type { VerdictLine } from '#contracts/verdicts';
import type { VariationName } from './variations/index.ts';

/** The record types that a generated province has; those of a registry that came later stay empty in it. */
export type SeededRecord = 'resident' | 'enterprise' | 'taxpayer' | 'birth' | 'death' | 'marriage';

/** A record as its registry would hand it over. */
export interface GeneratedRecord<T extends SeededRecord = SeededRecord> {
  readonly kind: 'record';
  readonly registry: Registry;
  readonly record: T;
  readonly content: RecordContents[T];
  /** What was planted in this record. */
  readonly planted: readonly VariationName[];
}

/** A line that the export of verdicts must have, and the variations that it rests on. */
export interface VerdictTruth extends Omit<VerdictLine, 'candidates' | 'rules'> {
  readonly variations: readonly VariationName[];
}

export interface GeneratedTruth {
  readonly kind: 'truth';
  readonly line: VerdictTruth;
}

export type GeneratedItem = GeneratedRecord | GeneratedTruth;
