import { decodeRecordEvent, recordStream, UnreadableRecordEventError, type RecordVersion } from '#contracts/events';
import { REGISTRIES, type RecordType, type Registry } from '#contracts/records';
import type { EventStoreReader, RecordedEvent } from '#libs/event-store/port';
import { writtenForms } from '#libs/registries/validation';
import type { KeyedHash } from '#libs/platform';

/** A version of a record; without content where its personal part is erased. */
export interface Version {
  readonly event: RecordedEvent;
  readonly content: RecordVersion['content'] | undefined;
  readonly late: boolean;
  readonly withdrawn: boolean;
}

export interface FoundRecord {
  readonly registry: Registry;
  readonly record: RecordType;
  readonly key: string;
  readonly stream: string;
  /** Oldest first; never empty. */
  readonly versions: readonly Version[];
  readonly current: Version;
}

const PAGE = 1_000;

/** Every record of this registry with that key: one of each record type at most. */
export async function findRecords(
  { store, hash }: { readonly store: EventStoreReader; readonly hash: KeyedHash },
  registry: Registry,
  key: string,
  only?: RecordType,
): Promise<readonly FoundRecord[]> {
  const found: FoundRecord[] = [];
  for (const record of REGISTRIES[registry]) {
    if (only !== undefined && record !== only) continue;
    for (const written of writtenForms(record, key)) {
      const stream = recordStream(record, hash(registry, record, written));
      const versions = await readVersions(store, stream);
      const current = versions.findLast(({ late }) => !late);
      if (current === undefined) continue;
      found.push({ registry, record, key: written, stream, versions, current });
      break;
    }
  }
  return found;
}

async function readVersions(store: EventStoreReader, stream: string): Promise<readonly Version[]> {
  const versions: Version[] = [];
  for (;;) {
    const page = await store.readStream(stream, { from: versions.length, limit: PAGE });
    versions.push(...page.map(versionOf));
    if (page.length < PAGE) return versions;
  }
}

export function versionOf(event: RecordedEvent): Version {
  const late = event.data['late'] === true;
  const withdrawn = event.data['withdrawn'] === true;
  try {
    return { event, content: decodeRecordEvent(event).content, late, withdrawn };
  } catch (error) {
    if (error instanceof UnreadableRecordEventError) return { event, content: undefined, late, withdrawn };
    throw error;
  }
}
