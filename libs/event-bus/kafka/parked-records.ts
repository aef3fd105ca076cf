import type { IHeaders, KafkaMessage, Message as KafkaRecord } from 'kafkajs';
import type { DeadLetter, Message, ParkedAt } from '#libs/event-bus/port';
import { headerText, toMessage, toRecord } from './cloud-event.ts';

/** What a handler gave up on, without the message itself. */
export type Failure = Pick<DeadLetter, 'reason' | 'attempts' | 'firstFailedAt' | 'lastFailedAt'>;

/** A message that is kept, and its place among those of its key. */
export interface Parked {
  readonly message: Message;
  readonly order: number;
  /** Null while it only waits. */
  readonly failure: Failure | null;
}

/**
 * What a record of the dead-letter topic says. `message` is the state of one message: dead, or waiting behind one that is;
 * the newest counts. `handled` (no value) ends that. The others are asked for by whoever looks after dead letters, in any process.
 */
export type ParkedRecord =
  | { readonly kind: 'message'; readonly at: ParkedAt; readonly parked: Parked }
  | { readonly kind: 'handled'; readonly at: ParkedAt; readonly messageId: string }
  | { readonly kind: 'retry-requested'; readonly at: ParkedAt; readonly messageId: string }
  | { readonly kind: 'set-aside'; readonly at: ParkedAt; readonly messageId: string; readonly reason: string };

const HEADER = {
  topic: 'khop_topic',
  state: 'khop_state',
  order: 'khop_order',
  reason: 'khop_reason',
  attempts: 'khop_attempts',
  firstFailedAt: 'khop_first_failed_at',
  lastFailedAt: 'khop_last_failed_at',
} as const;
const ABOUT = 'khop_';

/** The record as it is written. The topic is compacted: its key tells what replaces what. */
export function encodeParked(record: ParkedRecord, source: string, time: string): KafkaRecord {
  const { at } = record;
  switch (record.kind) {
    case 'message': {
      const { message, order, failure } = record.parked;
      const { value, headers } = toRecord(message, { source, time });
      const about: IHeaders = { [HEADER.topic]: at.topic, [HEADER.order]: String(order) };
      about[HEADER.state] = failure === null ? 'held' : 'dead';
      if (failure !== null) {
        about[HEADER.reason] = failure.reason;
        about[HEADER.attempts] = String(failure.attempts);
        about[HEADER.firstFailedAt] = failure.firstFailedAt;
        about[HEADER.lastFailedAt] = failure.lastFailedAt;
      }
      return { key: keyOf(at, message.id), value, headers: { ...headers, ...about } };
    }
    case 'handled':
      return { key: keyOf(at, record.messageId), value: null };
    case 'retry-requested':
      return { key: keyOf(at, record.messageId, record.kind), value: JSON.stringify({ requestedAt: time }) };
    case 'set-aside': {
      const value = JSON.stringify({ reason: record.reason, setAsideAt: time });
      return { key: keyOf(at, record.messageId, record.kind), value };
    }
    default:
      return record satisfies never;
  }
}

/** The record as it was written; undefined for one that says nothing of a message, as a reader's mark. */
export function decodeParked(record: KafkaMessage): ParkedRecord | undefined {
  const [group, topic, key, messageId, command] = keyParts(record.key);
  if (group === undefined || topic === undefined || key === undefined || messageId === undefined) return undefined;
  const at = { topic, group, key };
  if (command === 'retry-requested') return record.value === null ? undefined : { kind: command, at, messageId };
  if (command === 'set-aside') {
    if (record.value === null) return undefined;
    const { reason } = JSON.parse(record.value.toString()) as { readonly reason: string };
    return { kind: command, at, messageId, reason };
  }
  if (record.value === null) return { kind: 'handled', at, messageId };
  const headers = record.headers ?? {};
  const said = (name: string): string => headerText(headers[name]) ?? '';
  const own = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(ABOUT)));
  const message = { ...toMessage({ ...record, headers: own } as KafkaMessage, messageId), key };
  const failure =
    said(HEADER.state) === 'held'
      ? null
      : {
          reason: said(HEADER.reason),
          attempts: Number(said(HEADER.attempts)),
          firstFailedAt: said(HEADER.firstFailedAt),
          lastFailedAt: said(HEADER.lastFailedAt),
        };
  return { kind: 'message', at, parked: { message, order: Number(said(HEADER.order)), failure } };
}

const keyOf = ({ topic, group, key }: ParkedAt, ...parts: readonly string[]): string =>
  JSON.stringify([group, topic, key, ...parts]);

function keyParts(key: Buffer | null): readonly (string | undefined)[] {
  try {
    const parts: unknown = JSON.parse(key?.toString() ?? 'null');
    return Array.isArray(parts) && parts.every((part) => typeof part === 'string') ? parts : [];
  } catch {
    return [];
  }
}
