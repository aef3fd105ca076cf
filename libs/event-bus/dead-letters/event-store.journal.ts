import {
  DeadLetterRetried,
  DeadLetterSetAside,
  MessageDeadLettered,
  MessageHeld,
  type EventData,
  type EventDefinition,
} from '#contracts/events';
import type { Message, ParkedAt } from '#libs/event-bus/port';
import type { EventStore, Json, JsonObject, NewEvent, RecordedEvent } from '#libs/event-store/port';
import { derivedId, toTimestamp, type Clock } from '#libs/platform';
import type { Journal } from './journal.ts';
import { ParkedKey, ParkedKeys, type ParkedEvent } from './parked-messages.ts';

/** The prefix of every stream that keeps dead letters. */
export const DEAD_LETTER_STREAMS = 'dead-letter.';

/** The stream of one key of a group. The key stands in it as a hash: streams of one length, whatever the key. */
export const deadLetterStream = ({ topic, group, key }: ParkedAt): string =>
  `${DEAD_LETTER_STREAMS}${group}-${derivedId(topic, group, key)}`;

/** A journal in the event store: one stream for each key of a group. */
export function eventStoreJournal(store: EventStore, clock: Clock): Journal {
  return {
    async append(parked, events) {
      const stream = deadLetterStream(parked.at);
      const occurredAt = toTimestamp(clock());
      const newEvents = events.map((event, index) => {
        const version = parked.version + 1 + index;
        return toNewEvent(event, parked, derivedId(stream, version, event.kind, ...identityOf(event)), occurredAt);
      });
      const expected = parked.version < 0 ? 'no-stream' : parked.version;
      const [result] = await store.append([{ stream, expected, events: newEvents }]);
      if (result === undefined || result.ok) return result !== undefined;
      if (result.code !== 'too-large') return false;
      throw new Error(`A dead letter of group ${parked.at.group} takes ${result.actualBytes} bytes, too many`);
    },
    async load(at) {
      const parked = new ParkedKey(at);
      for (;;) {
        const page = await store.readStream(deadLetterStream(at), { from: parked.version + 1 });
        if (page.length === 0) return parked;
        for (const event of page) applyRecorded(parked, event);
      }
    },
  };
}

/** Reads every parked key back from the log. */
export async function readParkedKeys(store: EventStore): Promise<ParkedKeys> {
  const byStream = new Map<string, ParkedKey>();
  const filter = { streamPrefixes: [DEAD_LETTER_STREAMS] };
  for (let after: number | undefined; ;) {
    const page = await store.readAll({ filter, ...(after !== undefined && { after }) });
    for (const event of page.events) {
      const parked = byStream.get(event.stream) ?? parkedKeyOf(event);
      if (parked === undefined) continue;
      byStream.set(event.stream, parked);
      applyRecorded(parked, event);
    }
    if (page.end) break;
    after = page.position;
  }
  const keys = new ParkedKeys();
  for (const parked of byStream.values()) keys.put(parked);
  return keys;
}

/** A key's stream begins with a dead letter, which names topic, group and key. */
function parkedKeyOf(event: RecordedEvent): ParkedKey | undefined {
  if (event.type !== MessageDeadLettered.type) return undefined;
  const { topic, group, message } = dataOf(MessageDeadLettered, event);
  return new ParkedKey({ topic, group, key: message.key });
}

function applyRecorded(parked: ParkedKey, event: RecordedEvent): void {
  switch (event.type) {
    case MessageDeadLettered.type: {
      const { message, reason, attempts, firstFailedAt, lastFailedAt } = dataOf(MessageDeadLettered, event);
      const failure = { reason, attempts, firstFailedAt, lastFailedAt };
      parked.apply({ kind: 'dead-lettered', message, failure });
      return;
    }
    case MessageHeld.type: {
      parked.apply({ kind: 'held', message: dataOf(MessageHeld, event).message });
      return;
    }
    case DeadLetterRetried.type: {
      parked.apply({ kind: 'handled', messageId: dataOf(DeadLetterRetried, event).messageId });
      return;
    }
    case DeadLetterSetAside.type: {
      const { messageId } = dataOf(DeadLetterSetAside, event);
      parked.apply({ kind: 'set-aside', messageId, reason: textOf(event.personal?.['reason']) });
      return;
    }
    default:
      throw new Error(`Unknown event ${event.type} among the dead letters at position ${event.position}`);
  }
}

/** The log holds what the contracts say. */
const dataOf = <D extends EventDefinition>(_: D, event: RecordedEvent): EventData<D> => event.data as EventData<D>;

function toNewEvent(event: ParkedEvent, { at, first }: ParkedKey, id: string, occurredAt: string): NewEvent {
  const cause = 'message' in event ? event.message : first;
  return {
    id,
    ...contentOf(event, at),
    occurredAt,
    correlationId: cause?.headers?.['correlationId'] ?? cause?.id ?? id,
    causationId: cause?.id,
    traceparent: cause?.headers?.['traceparent'],
  };
}

/**
 * What tells an event from others that may stand at its version: the store takes an event with the id of one that is
 * there for the same one. A message may be dead more than once, so its last failure counts.
 */
function identityOf(event: ParkedEvent): readonly (string | number)[] {
  if (event.kind === 'dead-lettered') return [event.message.id, event.failure.attempts, event.failure.lastFailedAt];
  return [event.kind === 'held' ? event.message.id : event.messageId];
}

function contentOf(
  event: ParkedEvent,
  { topic, group }: ParkedAt,
): Pick<NewEvent, 'type' | 'schemaVersion' | 'data' | 'personal'> {
  switch (event.kind) {
    case 'dead-lettered':
      return content(MessageDeadLettered, { topic, group, message: plain(event.message), ...event.failure });
    case 'held':
      return content(MessageHeld, { message: plain(event.message) });
    case 'handled':
      return content(DeadLetterRetried, { messageId: event.messageId });
    case 'set-aside':
      return { ...content(DeadLetterSetAside, { messageId: event.messageId }), personal: { reason: event.reason } };
    default:
      return event satisfies never;
  }
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const content = <D extends EventDefinition>({ type, schemaVersion }: D, data: EventData<D> & JsonObject) => ({
  type,
  schemaVersion,
  data,
});

function plain({ id, key, type, data, headers }: Message) {
  return {
    id,
    key,
    type,
    data: JSON.parse(JSON.stringify(data ?? null)) as Json,
    ...(headers && { headers: { ...headers } }),
  };
}
