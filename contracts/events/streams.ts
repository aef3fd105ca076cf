import type { RecordType, Registry } from '#contracts/records';
import { REGISTRY_OF } from '#contracts/records';
import type { Check } from '#contracts/verdicts';

/**
 * Stream names. A person's key never stands in one: `hash` is the keyed hash of the record's key (32 hex digits), so
 * a stream can be found only by who holds the hub's secret.
 */
export const recordStream = (record: RecordType, hash: string): string => `${REGISTRY_OF[record]}.${record}-${hash}`;
export const reconciliationStream = (check: Check, hash: string): string => `reconciliation.${check}-${hash}`;
export const quarantineStream = (quarantineId: string): string => `quarantine-${quarantineId}`;
export const intakeStream = (intakeId: string): string => `intake-${intakeId}`;
export const holdStream = (holdId: string): string => `hold-${holdId}`;
export const feedStream = (registry: Registry, record: RecordType): string => `feed.${registry}-${record}`;
export const viewStream = (view: string): string => `view.${view}`;
export const RULES_STREAM = 'rules';

/** What the names of records' streams begin with, up to the hash. */
const TYPE_BY_PREFIX: ReadonlyMap<string, RecordType> = new Map(
  (Object.keys(REGISTRY_OF) as RecordType[]).map((record) => [recordStream(record, ''), record]),
);

/** The record type of a record's stream; undefined for any other stream. */
export function recordTypeOfStream(stream: string): RecordType | undefined {
  return TYPE_BY_PREFIX.get(stream.slice(0, stream.lastIndexOf('-') + 1));
}

/** The check of a reconciliation's stream; undefined for any other stream. */
export function checkOfStream(stream: string): Check | undefined {
  const prefix = 'reconciliation.';
  return stream.startsWith(prefix) ? (stream.slice(prefix.length, stream.lastIndexOf('-')) as Check) : undefined;
}
