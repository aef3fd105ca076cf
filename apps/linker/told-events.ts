import { PlaceholderNumberFound, RecordResumed, RecordSuspended } from '#contracts/events';
import type { EventStore, NewEvent, RecordedEvent } from '#libs/event-store/port';
import { derivedId, toTimestamp, type Clock, type KeyedHash } from '#libs/platform';

interface Deps {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly hash: KeyedHash;
}

/** Says in the log that a record could not be folded. */
export function tellSuspended(deps: Deps, event: RecordedEvent, reason: string): Promise<void> {
  return tell(deps, event, suspensionStream(event), RecordSuspended.type, { ...versionOf(event), reason });
}

/** Says in the log that a record that could not be folded has been, in a newer version. */
export function tellResumed(deps: Deps, event: RecordedEvent): Promise<void> {
  return tell(deps, event, suspensionStream(event), RecordResumed.type, versionOf(event));
}

/** Says in the log that more hold a number than one person could. */
export function tellPlaceholder(deps: Deps, event: RecordedEvent, key: number, moreThan: number): Promise<void> {
  const stream = `placeholder-${deps.hash('placeholder', String(key))}`;
  return tell(deps, event, stream, PlaceholderNumberFound.type, { moreThan });
}

const suspensionStream = ({ stream }: RecordedEvent): string => `suspension-${derivedId(stream)}`;

const versionOf = ({ stream, streamVersion }: RecordedEvent) => ({ stream, version: streamVersion });

/** The id tells a repetition; whether it was there already makes no difference. */
async function tell(
  { store, clock }: Deps,
  cause: RecordedEvent,
  stream: string,
  type: string,
  data: NewEvent['data'],
): Promise<void> {
  const id = derivedId(cause.id, type);
  const known = await store.readStream(stream, { direction: 'backwards', limit: 100 });
  if (known.some((other) => other.id === id)) return;
  const { correlationId, traceparent } = cause;
  const event: NewEvent = {
    id,
    type,
    schemaVersion: 1,
    occurredAt: toTimestamp(clock()),
    correlationId,
    causationId: cause.id,
    traceparent,
    actor: 'linker',
    data,
  };
  await store.append([{ stream, expected: 'any', events: [event] }]);
}
