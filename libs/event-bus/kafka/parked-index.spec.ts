import { beforeEach, describe, expect, it } from '@jest/globals';
import type { KafkaMessage } from 'kafkajs';
import type { Message } from '#libs/event-bus/port';
import { ParkedIndex } from './parked-index.ts';
import { decodeParked, encodeParked, type ParkedRecord } from './parked-records.ts';

const at = { topic: 'work', group: 'reconciler', key: 'k' };
const message = (id: string): Message => ({
  id,
  key: 'k',
  type: 'khop.work.judge.v1',
  data: { id, nested: [1, null] },
  headers: { correlationId: 'c-1', traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
});
const failure = {
  reason: 'cannot be folded',
  attempts: 3,
  firstFailedAt: '2026-11-02T01:00:00.000Z',
  lastFailedAt: '2026-11-02T01:00:01.000Z',
};
const dead = (id: string, order: number): ParkedRecord => ({
  kind: 'message',
  at,
  parked: { message: message(id), order, failure },
});
const held = (id: string, order: number): ParkedRecord => ({
  kind: 'message',
  at,
  parked: { message: message(id), order, failure: null },
});
const handled = (messageId: string): ParkedRecord => ({ kind: 'handled', at, messageId });
const retryRequested = (messageId: string): ParkedRecord => ({ kind: 'retry-requested', at, messageId });

/** As Kafka gives a record back. */
function stored(record: ParkedRecord): KafkaMessage {
  const { key, value, headers } = encodeParked(record, '/khop/test', '2026-11-02T01:00:02.000Z');
  const inBytes = Object.entries(headers ?? {}).map(([name, text]) => [name, Buffer.from(String(text))] as const);
  return {
    key: Buffer.from(key ?? ''),
    value: value === null ? null : Buffer.from(value),
    headers: Object.fromEntries(inBytes),
    timestamp: '0',
    attributes: 0,
    offset: '0',
  };
}

describe('the record of a dead letter', () => {
  it.each<[string, ParkedRecord]>([
    ['dead', dead('m1', 1)],
    ['held', held('m2', 2)],
    ['handled', handled('m1')],
    ['retry requested', retryRequested('m1')],
    ['set aside', { kind: 'set-aside', at, messageId: 'm1', reason: 'not needed' }],
  ])('is read as it was written: %s', (_, record) => {
    expect(decodeParked(stored(record))).toEqual(record);
  });

  it('says nothing when it is a reader’s mark, or of somebody else', () => {
    const mark = { ...stored(handled('m1')), key: Buffer.from('mark:1') };
    expect(decodeParked(mark)).toBeUndefined();
    expect(decodeParked({ ...mark, key: null })).toBeUndefined();
  });
});

describe('what is parked', () => {
  let index: ParkedIndex;
  const fold = (...records: readonly ParkedRecord[]): void => records.forEach((record) => index.apply(record));
  beforeEach(() => {
    index = new ParkedIndex();
  });

  it('keeps its order when the first one fails again, also as compaction leaves it', () => {
    fold(held('m2', 2), held('m3', 3), dead('m1', 1));
    expect(index.first(at)?.id).toBe('m1');
    expect(index.letters()).toMatchObject([{ message: { id: 'm1' }, waiting: 2 }]);
    fold(handled('m1'));
    expect(index.first(at)?.id).toBe('m2');
  });

  it('may go on once nothing dead is before it', () => {
    fold(dead('m1', 1), held('m2', 2));
    expect(index.due(at)).toBeUndefined();
    fold(handled('m1'));
    expect(index.due(at)).toBeNull();
    fold(handled('m2'));
    expect(index.isParked(at)).toBe(false);
  });

  it('is due again when a retry was asked for, until it fails again or is handled', () => {
    fold(dead('m1', 1), held('m2', 2), retryRequested('m1'));
    expect(index.due(at)).toMatchObject({ message: { id: 'm1' }, attempts: 3 });
    fold(dead('m1', 1));
    expect(index.due(at)).toBeUndefined();
    fold(retryRequested('m1'), handled('m1'), dead('m2', 2));
    expect(index.due(at)).toBeUndefined();
  });

  it('is not brought back by a retry that was asked for too late', () => {
    fold(dead('m1', 1), handled('m1'), retryRequested('m1'));
    expect(index.isParked(at)).toBe(false);
  });

  it('is gone when it is set aside', () => {
    fold(dead('m1', 1), held('m2', 2), { kind: 'set-aside', at, messageId: 'm1', reason: 'not needed' });
    expect(index.due(at)).toBeNull();
    expect(index.keysOf('work', 'reconciler')).toEqual(['k']);
    expect(index.keysOf('work', 'other')).toEqual([]);
  });
});
