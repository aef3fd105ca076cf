import { VERDICT_EVENT_TYPES } from '#contracts/events';
import { PUBLIC_EVENTS_TOPIC } from '#contracts/public-events';
import type { EventStoreReader, RecordedEvent } from '#libs/event-store/port';
import { lookupIn, toPublicEvent } from '#libs/relay';

/** What is wrong with a log, whatever has happened to the services: nothing, if all is well. */
export function faultsOf(events: readonly RecordedEvent[]): readonly string[] {
  const faults: string[] = [];
  const ids = new Set<string>();
  const versions = new Map<string, number>();
  const judgedAsOf = new Map<string, number>();
  for (const { id, stream, streamVersion, type, data } of events) {
    const name = `${stream}@${streamVersion}`;
    if (ids.has(`${stream} ${id}`)) faults.push(`${name} stands twice`);
    ids.add(`${stream} ${id}`);
    if (streamVersion !== (versions.get(stream) ?? -1) + 1) faults.push(`${name} is out of order`);
    versions.set(stream, streamVersion);
    if (!VERDICT_EVENT_TYPES.includes(type)) continue;
    const asOf = Number(data['asOf']);
    if (asOf <= (judgedAsOf.get(stream) ?? 0)) faults.push(`${name} is no newer than the verdict before`);
    judgedAsOf.set(stream, asOf);
  }
  return faults;
}

/** The ids of what everyone is told of a log, in order for each reconciliation. */
export async function publicEventsOf(
  events: readonly RecordedEvent[],
  reader: EventStoreReader,
): Promise<readonly string[]> {
  const lookup = lookupIn(reader);
  const ids: string[] = [];
  for (const event of events) {
    const told = await toPublicEvent(event, lookup);
    if (told?.topic === PUBLIC_EVENTS_TOPIC) ids.push(`${event.stream}@${event.streamVersion}`);
  }
  return ids;
}
