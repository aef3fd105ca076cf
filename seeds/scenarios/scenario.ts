import { REGISTRY_OF, type RecordContents, type RecordType, type Registry } from '#contracts/records';
import type { VerdictLine } from '#contracts/verdicts';

/** A version of a record, as its registry hands it over. */
export interface ScenarioRecord<T extends RecordType = RecordType> {
  readonly registry: Registry;
  readonly record: T;
  readonly content: RecordContents[T];
}

export type ScenarioVerdict = Omit<VerdictLine, 'candidates' | 'rules'>;

/** Something that happens at the registries, and what the export of verdicts must say afterwards. */
export interface ScenarioStep {
  readonly does: string;
  readonly records: readonly ScenarioRecord[];
  /** All lines, in the order of the export. */
  readonly verdicts: readonly ScenarioVerdict[];
}

/** A small story of a handful of records. Everyone in it is invented. */
export interface Scenario {
  readonly name: string;
  readonly tells: string;
  readonly steps: readonly ScenarioStep[];
}

export function record<T extends RecordType>(type: T, content: RecordContents[T]): ScenarioRecord<T> {
  return { registry: REGISTRY_OF[type], record: type, content };
}

type Said = Partial<Pick<ScenarioVerdict, 'part' | 'codes' | 'fields' | 'counterpart'>>;

/** A line about a record, matched with that counterpart unless it says otherwise. */
export function verdict(
  check: ScenarioVerdict['check'],
  registry: Registry,
  recordKey: string,
  { part = 0, codes = [], fields = [], counterpart = null }: Said = {},
): ScenarioVerdict {
  const outcome = codes.length === 0 ? 'MATCHED' : 'MISMATCHED';
  return { check, registry, recordKey, part, counterpart, outcome, codes, fields };
}
