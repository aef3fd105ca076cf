import type { Append, Json, JsonObject, NewEvent, RecordedEvent } from '../port/index.ts';
import { checkExpected, checkName } from '../common/index.ts';
import { JsonText, LogDamagedError } from '../port/index.ts';

/** An event as it is written. */
export interface EncodedEvent {
  readonly id: string;
  readonly type: string;
  readonly body: string;
  /** UTF-8. */
  readonly personal: Uint8Array | null;
}

export interface EncodedAppend extends Pick<Append, 'stream' | 'expected'> {
  readonly events: readonly EncodedEvent[];
}

/** Throws `TypeError` for what can't be a name or an expected version, and for values that JSON can't hold. */
export function encodeAppend(append: Append): EncodedAppend {
  checkName('stream', append.stream);
  checkExpected(append.expected);
  return { stream: append.stream, expected: append.expected, events: append.events.map(encodeEvent) };
}

function encodeEvent(event: NewEvent): EncodedEvent {
  checkName('event type', event.type);
  checkName('event id', event.id);
  const { id, schemaVersion, occurredAt, correlationId, causationId, traceparent, actor, data } = event;
  const body = JSON.stringify([id, schemaVersion, occurredAt, correlationId, causationId, traceparent, actor, data]);
  return { id, type: event.type, body, personal: personalBytes(event.personal) };
}

function personalBytes(personal: NewEvent['personal']): Uint8Array | null {
  if (personal === undefined) return null;
  return personal instanceof JsonText ? personal.bytes : Buffer.from(JSON.stringify(personal));
}

/** No event has more bytes than this: a UTF-16 unit takes three at most. */
export const mostBytes = ({ body, personal }: EncodedEvent): number => 3 * body.length + (personal?.length ?? 0);

export const bytesOf = ({ body, personal }: EncodedEvent): number => Buffer.byteLength(body) + (personal?.length ?? 0);

/** Columns in this order make an event. */
export const EVENT_COLUMNS = 'e.position, s.name, e.version, e.type_id, e.recorded_at, e.body, p.body AS personal';

export type TypeName = (id: number) => string;

/** One row of `EVENT_COLUMNS`, read as an array. */
export function decodeEvent(row: readonly unknown[], typeName: TypeName): RecordedEvent {
  const [position, stream, streamVersion, typeId, recordedAt, body, personal] = row;
  if (
    typeof position !== 'number' ||
    typeof stream !== 'string' ||
    typeof streamVersion !== 'number' ||
    typeof typeId !== 'number' ||
    typeof recordedAt !== 'number' ||
    typeof body !== 'string'
  ) {
    throw new LogDamagedError(`The event at position ${String(position)} is not as it was written.`);
  }
  const [id, schemaVersion, occurredAt, correlationId, causationId, traceparent, actor, data] = parseBody(body);
  return {
    id,
    type: typeName(typeId),
    schemaVersion,
    stream,
    streamVersion,
    position,
    occurredAt,
    recordedAt: timeText(recordedAt),
    correlationId,
    causationId: causationId ?? undefined,
    traceparent: traceparent ?? undefined,
    actor: actor ?? undefined,
    data,
    personal: typeof personal === 'string' ? parseObject(personal) : undefined,
  };
}

type Body = readonly [
  id: string,
  schemaVersion: number,
  occurredAt: string,
  correlationId: string,
  causationId: string | null,
  traceparent: string | null,
  actor: string | null,
  data: JsonObject,
];

/** The running hash vouches for the text: its shape is what `encodeEvent` wrote. */
function parseBody(text: string): Body {
  return JSON.parse(text) as Body;
}

function parseObject(text: string): JsonObject {
  return JSON.parse(text) as { readonly [key: string]: Json };
}

let lastTime = Number.NaN;
let lastTimeText = '';

/** Events of one commit share their time: most calls find the text made. */
function timeText(milliseconds: number): string {
  if (milliseconds !== lastTime) {
    lastTimeText = new Date(milliseconds).toISOString();
    lastTime = milliseconds;
  }
  return lastTimeText;
}
