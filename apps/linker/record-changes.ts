import { recordTypeOfStream, type RecordVersion } from '#contracts/events';
import type { VersionRef } from '#contracts/verdicts';
import type { Cause } from '#contracts/work';
import type { EventStoreReader, RecordedEvent } from '#libs/event-store/port';
import type { RecordVersions } from '#libs/record-versions';
import type { RecordChange } from './fold.ts';
import type { LinkerIndex } from './linker-index.ts';

interface RecordChangesDeps {
  readonly store: EventStoreReader;
  readonly index: LinkerIndex;
  readonly versions: RecordVersions;
}

/** What the record events of a page change, by position. */
export type RecordChanges = ReadonlyMap<number, RecordChange | 'unreadable'>;

/** The record changes of a page, with the version that each follows, read ahead in two look-ups. */
export async function recordChangesOf(
  { store, index, versions }: RecordChangesDeps,
  events: readonly RecordedEvent[],
): Promise<RecordChanges> {
  const changes = new Map<number, RecordChange | 'unreadable'>();
  const next = new Map<number, RecordVersion>();
  const ids = new Map<string, number>();
  for (const event of events) {
    if (recordTypeOfStream(event.stream) === undefined) continue;
    if (event.streamVersion === 0) ids.set(event.stream, event.position);
    try {
      const version = versions.remember(event);
      if (!version.late) next.set(event.position, version);
    } catch {
      changes.set(event.position, 'unreadable');
    }
  }
  const older = [...new Set([...next.values()].map(({ stream }) => stream))].filter((stream) => !ids.has(stream));
  if (older.length > 0) {
    for (const first of await store.readVersions(older.map((stream) => ({ stream, version: 0 })))) {
      if (first !== undefined) ids.set(first.stream, first.position);
    }
  }
  const current: VersionRef[] = older.flatMap((stream) => index.record(ids.get(stream) ?? -1) ?? []);
  const load = await versions.load(current);
  const previous = new Map(current.map((ref) => [ref.stream, load(ref)]));
  for (const event of events) {
    const version = next.get(event.position);
    const id = ids.get(event.stream);
    if (version === undefined || id === undefined) continue;
    changes.set(event.position, {
      id,
      position: event.position,
      cause: causeOf(event),
      next: version,
      previous: previous.get(event.stream),
    });
    previous.set(event.stream, version);
  }
  return changes;
}

/** The versions that the changes lead to. */
export function versionsOf(changes: RecordChanges): readonly RecordVersion[] {
  const versions: RecordVersion[] = [];
  for (const change of changes.values()) if (change !== 'unreadable') versions.push(change.next);
  return versions;
}

export function causeOf(event: RecordedEvent): Cause {
  return { eventId: event.id, correlationId: event.correlationId, traceparent: event.traceparent };
}
