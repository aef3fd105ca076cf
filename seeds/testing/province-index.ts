import type { Birth, Death, Enterprise, Marriage, RecordContents, Resident, Taxpayer } from '#contracts/records';
import { registerKey } from '../acts/register.ts';
import type { GeneratedItem, GeneratedRecord, SeededRecord, VerdictTruth } from '../items.ts';

/** A generated province, held in memory and looked up by keys, for tests. */
export interface ProvinceIndex {
  readonly records: readonly GeneratedRecord[];
  readonly truth: readonly VerdictTruth[];
  readonly residents: ReadonlyMap<string, Resident>;
  readonly enterprises: ReadonlyMap<string, Enterprise>;
  readonly taxpayers: ReadonlyMap<string, Taxpayer>;
  readonly births: ReadonlyMap<string, Birth>;
  readonly deaths: ReadonlyMap<string, Death>;
  readonly marriages: ReadonlyMap<string, Marriage>;
}

export function keyOf(record: GeneratedRecord): string {
  const { content } = record;
  if ('personalId' in content) return content.personalId;
  if ('representatives' in content) return content.enterpriseCode;
  if ('taxCode' in content) return content.taxCode;
  if ('register' in content) return registerKey(content.register);
  throw new TypeError(`A ${record.record} without a key`);
}

export function indexProvince(items: Iterable<GeneratedItem>): ProvinceIndex {
  const records: GeneratedRecord[] = [];
  const truth: VerdictTruth[] = [];
  for (const item of items) {
    if (item.kind === 'truth') truth.push(item.line);
    else records.push(item);
  }
  const byKey = <T extends SeededRecord>(type: T): ReadonlyMap<string, RecordContents[T]> =>
    new Map(
      records
        .filter((record): record is GeneratedRecord<T> => record.record === type)
        .map((record) => [keyOf(record), record.content]),
    );
  return {
    records,
    truth,
    residents: byKey('resident'),
    enterprises: byKey('enterprise'),
    taxpayers: byKey('taxpayer'),
    births: byKey('birth'),
    deaths: byKey('death'),
    marriages: byKey('marriage'),
  };
}
