import type { Append, EventStore, ExpectedState, NewEvent, RecordedEvent } from '../port/index.ts';

/** An event whose id is the given one; everything else may be left as it is. */
export function event(id: string, changes: Partial<NewEvent> = {}): NewEvent {
  return {
    id,
    type: 'khop.test.thing-happened.v1',
    schemaVersion: 1,
    occurredAt: '2026-11-22T08:00:00.000Z',
    correlationId: 'case',
    data: { id },
    ...changes,
  };
}

export function events(...ids: readonly string[]): NewEvent[] {
  return ids.map((id) => event(id));
}

export function append(stream: string, expected: ExpectedState, ...ids: readonly string[]): Append {
  return { stream, expected, events: events(...ids) };
}

/** Puts `count` events with the ids `e0`, `e1`, … into a stream that isn't there yet. */
export async function fill(store: EventStore, stream: string, count: number): Promise<void> {
  if (count === 0) return;
  const ids = Array.from({ length: count }, (_, index) => `e${index}`);
  const [result] = await store.append([append(stream, 'no-stream', ...ids)]);
  if (result?.ok !== true) throw new Error(`The stream could not be filled: ${JSON.stringify(result)}`);
}

export function idsOf(recorded: readonly RecordedEvent[]): string[] {
  return recorded.map(({ id }) => id);
}
