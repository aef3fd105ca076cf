import type { VersionRef } from '#contracts/verdicts';
import type { EventStoreReader, RecordedEvent } from '#libs/event-store/port';
import type { Loaded, Projection } from './projection.ts';

const LOADED_AT_ONCE = 1_000;

const keyOf = ({ stream, version }: VersionRef): string => `${stream}@${version}`;

const nothing: Loaded = () => undefined;

/** Loads what the events refer to, each version once. */
export async function loadReferences(
  store: EventStoreReader,
  { references }: Projection,
  events: readonly RecordedEvent[],
): Promise<Loaded> {
  if (references === undefined) return nothing;
  const refs = new Map<string, VersionRef>();
  for (const event of events) for (const ref of referencesOf(references, event)) refs.set(keyOf(ref), ref);
  if (refs.size === 0) return nothing;
  const loaded = new Map<string, RecordedEvent>();
  const wanted = [...refs.values()];
  for (let from = 0; from < wanted.length; from += LOADED_AT_ONCE) {
    for (const event of await store.readVersions(wanted.slice(from, from + LOADED_AT_ONCE))) {
      if (event !== undefined) loaded.set(keyOf({ stream: event.stream, version: event.streamVersion }), event);
    }
  }
  return (ref) => loaded.get(keyOf(ref));
}

/** An event that does not even tell what it refers to is left to its fold, which makes a dead letter of it. */
function referencesOf(references: NonNullable<Projection['references']>, event: RecordedEvent): readonly VersionRef[] {
  try {
    return references(event);
  } catch {
    return [];
  }
}
