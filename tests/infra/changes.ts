import { join } from 'node:path';
import { recordTypeOfStream } from '#contracts/events';
import type { RecordedEvent } from '#libs/event-store/port';
import { PROVINCE_FILES } from '#seeds';
import { rowsOf } from '#tests/support';

type Row = Record<string, unknown>;

/** A change of a record at its registry. */
export interface PlannedChange {
  readonly registry: 'residents' | 'enterprise-registry';
  readonly record: 'resident' | 'enterprise';
  readonly key: string;
  readonly content: Row & { readonly updatedAt: string };
}

/** So few that each is changed again and again. */
const RECORDS_CHANGED = 40;
const DAY_MILLISECONDS = 86_400_000;

/** So many changes of a handful of records: names are turned round and back again. */
export function planChanges(provinceFiles: string, count: number): readonly PlannedChange[] {
  const residents = rowsOf(join(provinceFiles, PROVINCE_FILES.resident)).slice(0, RECORDS_CHANGED);
  const enterprises = rowsOf(join(provinceFiles, PROVINCE_FILES.enterprise))
    .filter(({ withdrawn }) => withdrawn !== true)
    .slice(0, RECORDS_CHANGED / 4);
  const yesterday = Date.now() - DAY_MILLISECONDS;
  return Array.from({ length: count }, (_, index): PlannedChange => {
    const updatedAt = new Date(yesterday + index * 1000).toISOString();
    const isTurned = Math.floor(index / RECORDS_CHANGED) % 2 === 0;
    const enterprise = index % 4 === 3 ? enterprises[Math.floor(index / 4) % enterprises.length] : undefined;
    if (enterprise !== undefined) {
      const representatives = peopleIn(enterprise).map((person) => renamed(person, isTurned));
      const content = { ...enterprise, representatives, updatedAt };
      return {
        registry: 'enterprise-registry',
        record: 'enterprise',
        key: String(enterprise['enterpriseCode']),
        content,
      };
    }
    const resident = residents[index % residents.length] ?? {};
    const content = { ...renamed(resident, isTurned), updatedAt };
    return { registry: 'residents', record: 'resident', key: String(resident['personalId']), content };
  });
}

function renamed(person: Row, isTurned: boolean): Row {
  const words = String(person['fullName']).split(' ');
  return { ...person, fullName: (isTurned ? words.reverse() : words).join(' ') };
}

const peopleIn = ({ representatives }: Row): readonly Row[] =>
  Array.isArray(representatives) ? (representatives as readonly Row[]) : [];

/** When each record was changed, in the order in which the changes were made, as `record key moment`. */
export const planned = (changes: readonly PlannedChange[]): readonly string[] =>
  changes.map(({ record, key, content }) => `${record} ${key} ${Date.parse(content.updatedAt)}`).sort(byRecord);

/** The same, as the log has it: each version that came after the first. */
export function changesInLog(events: readonly RecordedEvent[]): readonly string[] {
  return events
    .flatMap(({ stream, streamVersion, personal }) => {
      const record = recordTypeOfStream(stream);
      const { key, content } = (personal ?? {}) as { readonly key?: string; readonly content?: Row };
      return record === undefined || streamVersion === 0
        ? []
        : [`${record} ${String(key)} ${Date.parse(String(content?.['updatedAt']))}`];
    })
    .sort(byRecord);
}

/** By record alone: what is said of one stays in its order. */
function byRecord(one: string, other: string): number {
  const [a, b] = [one, other].map((text) => text.slice(0, text.lastIndexOf(' '))) as [string, string];
  return a < b ? -1 : Number(a > b);
}
