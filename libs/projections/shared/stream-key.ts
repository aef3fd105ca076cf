import { RECORD_TYPES, REGISTRY_OF, type RecordType, type Registry } from '#contracts/records';
import { recordStream } from '#contracts/events';

/** What stands for a stream in a view: the 16 bytes of its hash, or its name where it has none. */
export type StreamKey = Uint8Array | string;

const HASH_LENGTH = 32;

export function streamKey(stream: string): StreamKey {
  const start = stream.length - HASH_LENGTH;
  if (stream[start - 1] !== '-') return stream;
  const bytes = Buffer.from(stream.slice(start), 'hex');
  return bytes.length === HASH_LENGTH / 2 ? bytes : stream;
}

/** A record's stream as a view stores it. */
export interface RecordKey {
  readonly type: number;
  readonly key: StreamKey;
}

/** What the names of records' streams begin with, up to the hash. */
const TYPE_BY_PREFIX: ReadonlyMap<string, number> = new Map(
  RECORD_TYPES.map((record, type) => [recordStream(record, ''), type]),
);

/** Throws for a stream that is none of a record. */
export function recordKeyOf(stream: string): RecordKey {
  const key = streamKey(stream);
  const type = TYPE_BY_PREFIX.get(stream.slice(0, stream.lastIndexOf('-') + 1));
  if (type === undefined) throw new RangeError('a verdict points to a stream that is none of a record');
  return { type, key };
}

export function recordTypeAt(type: number): RecordType {
  const record = RECORD_TYPES[type];
  if (record === undefined) throw new RangeError(`there is no record type ${type}`);
  return record;
}

export const registryAt = (type: number): Registry => REGISTRY_OF[recordTypeAt(type)];

/** The stream again, from what the view stores. */
export function recordStreamOf(type: number, key: unknown): string {
  return key instanceof Uint8Array ? recordStream(recordTypeAt(type), Buffer.from(key).toString('hex')) : String(key);
}

/** Hex digits of a stream's hash, or its name: as it stands in a view's results. */
export const keyText = (key: unknown): string =>
  key instanceof Uint8Array ? Buffer.from(key).toString('hex') : String(key);
