import { randomUUID } from 'node:crypto';
import type { AppendStreamRequest } from '@kurrent/kurrentdb-client';
import type { Append, JsonObject, NewEvent, RecordedEvent } from '../port/index.ts';
import { checkExpected, checkName, commitmentOf } from '../common/index.ts';
import { LogDamagedError } from '../port/index.ts';
import { toPosition } from './position.ts';

/** An event as the client takes it. */
export type ServerEvent = AppendStreamRequest['events'][number];

/** An event as it is written, but for its id on the server, which each try makes anew. */
export interface EncodedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: Readonly<Record<string, string>>;
  /** As the server counts: data, metadata and type. */
  readonly bytes: number;
}

export interface EncodedAppend extends Pick<Append, 'stream' | 'expected'> {
  readonly events: readonly EncodedEvent[];
  readonly bytes: number;
}

/** The server takes no other type. */
const TYPE = /^[a-zA-Z0-9_.$:-]+$/u;
/** What a metadata entry takes beyond its key and its text, at most. */
const ENTRY_BYTES = 16;

/**
 * Throws `TypeError` for what can't be a name or an expected version, for types that the server does not take, and for values that
 * JSON or metadata can't hold.
 */
export function encodeAppend(append: Append, nextSalt: () => string): EncodedAppend {
  checkName('stream', append.stream);
  checkExpected(append.expected);
  const events = append.events.map((event) => encodeEvent(event, nextSalt));
  const bytes = events.reduce((sum, event) => sum + event.bytes, 0);
  return { stream: append.stream, expected: append.expected, events, bytes };
}

function encodeEvent(event: NewEvent, nextSalt: () => string): EncodedEvent {
  checkName('event id', event.id);
  checkName('event type', event.type);
  if (!TYPE.test(event.type)) throw new TypeError('An event type has letters, digits and "_.$:-".');
  const personal = event.personal === undefined ? undefined : sealable(event.personal, nextSalt());
  const metadata = metadataOf(event, personal);
  const data: JsonObject = personal === undefined ? { public: event.data } : { public: event.data, personal };
  return { id: event.id, type: event.type, data, metadata, bytes: bytesOf(event.type, data, metadata) };
}

/**
 * The personal part: its own text under a salt, and the id of the key it is sealed with; none yet. A type alias: it is JSON.
 */
type PersonalPart = { readonly sealingKey: string | null; readonly salt: string; readonly text: string };

function sealable(personal: NonNullable<NewEvent['personal']>, salt: string): PersonalPart {
  return { sealingKey: null, salt, text: JSON.stringify(personal) };
}

/** The server's newer interfaces take strings alone; those with `$` are its own names, which its projections know. */
function metadataOf(event: NewEvent, personal: PersonalPart | undefined): Record<string, string> {
  const entries = Object.entries({
    id: event.id,
    schemaVersion: String(event.schemaVersion),
    occurredAt: event.occurredAt,
    $correlationId: event.correlationId,
    $causationId: event.causationId,
    traceparent: event.traceparent,
    actor: event.actor,
    commitment: personal && commitmentOf(personal.salt, personal.text),
  }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  if (!entries.every(([, text]) => text.isWellFormed())) {
    throw new TypeError('The metadata of an event is of whole characters.');
  }
  return Object.fromEntries(entries);
}

function bytesOf(type: string, data: JsonObject, metadata: Readonly<Record<string, string>>): number {
  const entries = Object.entries(metadata).reduce(
    (sum, [key, text]) => sum + key.length + Buffer.byteLength(text) + ENTRY_BYTES,
    0,
  );
  return Buffer.byteLength(JSON.stringify(data)) + entries + type.length;
}

/** For one try of a write. The id is new: so a server never takes it for one it knows, and says truly whether it wrote. */
export function toServerEvent({ type, data, metadata }: EncodedEvent): ServerEvent {
  return { id: randomUUID(), contentType: 'application/json', type, data, metadata };
}

/** What of an event of the client is read. */
export interface ReadEvent {
  readonly streamId: string;
  readonly id: string;
  readonly revision: bigint;
  readonly type: string;
  readonly created: Date;
  readonly data: unknown;
  readonly metadata: unknown;
  readonly position?: { readonly commit: bigint; readonly prepare: bigint } | undefined;
}

/** The port's id of an event: the one in its metadata. */
export function idOf(event: ReadEvent): string {
  const id = asRecord(event.metadata)?.['id'];
  return typeof id === 'string' ? id : event.id;
}

/** `stream`: its name in the log. Throws `LogDamagedError` for an event that this adapter has not written. */
export function decodeEvent(event: ReadEvent, stream: string): RecordedEvent {
  const metadata = asRecord(event.metadata);
  const data = asRecord(event.data);
  const content = asRecord(data?.['public']);
  const schemaVersion = Number(metadata?.['schemaVersion']);
  const occurredAt = textOf(metadata, 'occurredAt');
  const correlationId = textOf(metadata, '$correlationId');
  if (content === undefined || occurredAt === undefined || correlationId === undefined || Number.isNaN(schemaVersion)) {
    throw foreign(event);
  }
  return {
    id: idOf(event),
    type: event.type,
    schemaVersion,
    stream,
    streamVersion: Number(event.revision),
    position: toPosition(event.position),
    occurredAt,
    recordedAt: event.created.toISOString(),
    correlationId,
    causationId: textOf(metadata, '$causationId'),
    traceparent: textOf(metadata, 'traceparent'),
    actor: textOf(metadata, 'actor'),
    data: content as JsonObject,
    personal: personalOf(event, data?.['personal']),
  };
}

function personalOf(event: ReadEvent, part: unknown): JsonObject | undefined {
  if (part === undefined) return undefined;
  const text = textOf(asRecord(part), 'text');
  if (text === undefined) throw foreign(event);
  return JSON.parse(text) as JsonObject;
}

function foreign(event: ReadEvent): LogDamagedError {
  return new LogDamagedError(
    `The event at position ${String(event.position?.commit)} of the KurrentDB server is not as it was written.`,
  );
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

function textOf(record: Readonly<Record<string, unknown>> | undefined, key: string): string | undefined {
  const value = record?.[key];
  return typeof value === 'string' ? value : undefined;
}
