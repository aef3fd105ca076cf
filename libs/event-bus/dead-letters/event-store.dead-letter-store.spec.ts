import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DeadLetterStore, Message } from '#libs/event-bus/port';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { DEAD_LETTER_STREAMS } from './event-store.journal.ts';
import { EventStoreDeadLetterStore } from './event-store.dead-letter-store.ts';

const at = { topic: 'work', group: 'reconciler', key: 'k' };
const message = (id: string): Message => ({
  id,
  key: 'k',
  type: 'khop.work.judge.v1',
  data: { id },
  headers: { correlationId: 'c-1', traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
});
const park = (letters: DeadLetterStore, id: string): Promise<void> =>
  letters.park({
    message: message(id),
    topic: 'work',
    group: 'reconciler',
    reason: 'cannot be folded',
    attempts: 3,
    firstFailedAt: '2026-11-02T01:00:00.000Z',
    lastFailedAt: '2026-11-02T01:00:01.000Z',
  });

describe('dead letters in the event store', () => {
  let directory: string;
  let store: SqliteEventStore;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'khop-dead-letters-'));
    store = await SqliteEventStore.open({ directory });
  });
  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });
  const open = () => EventStoreDeadLetterStore.open(store, { clock: () => Date.parse('2026-11-02T02:00:00Z') });
  const storyOf = async () => {
    const { events } = await store.readAll({ filter: { streamPrefixes: [DEAD_LETTER_STREAMS] } });
    return events.map(({ type }) => type.replace('khop.dead-letter.', ''));
  };

  it('tell their story in one stream for each key, and keep the trace of the message', async () => {
    const letters = await open();
    await park(letters, 'm1');
    await letters.hold(at, [message('m2'), message('m3')]);
    await letters.handled(at, 'm1');
    await park(letters, 'm2');
    await letters.setAside(at, 'm2', 'not needed');
    expect(await storyOf()).toEqual([
      'message-dead-lettered.v1',
      'message-held.v1',
      'message-held.v1',
      'dead-letter-retried.v1',
      'message-dead-lettered.v1',
      'dead-letter-set-aside.v2',
    ]);
    const { events } = await store.readAll();
    // What people write may name someone: it stands apart from what everyone may read.
    expect(events.at(-1)).toMatchObject({ data: { messageId: 'm2' }, personal: { reason: 'not needed' } });
    expect(JSON.stringify(events.map(({ data }) => data))).not.toContain('not needed');
    expect(new Set(events.map(({ stream }) => stream)).size).toBe(1);
    expect(events[0]).toMatchObject({
      correlationId: 'c-1',
      causationId: 'm1',
      traceparent: message('m1').headers?.['traceparent'],
    });
    const again = await open();
    expect(again.letters()).toEqual([]);
    expect(again.first(at)).toEqual(message('m3'));
    expect(again.released('work', 'reconciler')).toEqual(['k']);
  });

  it('go on in the stream of a key that was parked before', async () => {
    const letters = await open();
    await park(letters, 'm1');
    await letters.handled(at, 'm1');
    expect(letters.isParked(at)).toBe(false);
    await park(letters, 'm2');
    expect((await open()).letters()).toMatchObject([{ message: { id: 'm2' }, waiting: 0 }]);
  });

  it('take in what another process has written', async () => {
    const [one, other] = [await open(), await open()];
    await park(one, 'm1');
    await park(other, 'm2');
    expect(other.letters()).toMatchObject([{ message: { id: 'm1' }, waiting: 1 }]);
    await other.setAside(at, 'm1', 'not needed');
    await one.handled(at, 'm1');
    expect((await open()).first(at)).toEqual(message('m2'));
  });

  it('are not changed by what could not be written', async () => {
    const letters = await open();
    await store.close();
    await expect(park(letters, 'm1')).rejects.toMatchObject({ code: 'event-store-unavailable' });
    expect(letters.isParked(at)).toBe(false);
    store = await SqliteEventStore.open({ directory });
  });

  it('keep the order of changes that are asked for at once', async () => {
    const letters = await open();
    await Promise.all([
      park(letters, 'm1'),
      letters.hold(at, [message('m2')]),
      letters.hold(at, [message('m3'), message('m2')]),
      letters.handled(at, 'm1'),
      letters.handled(at, 'm2'),
    ]);
    expect(letters.first(at)).toEqual(message('m3'));
    expect(await letters.hold({ ...at, key: 'free' }, [message('x')])).toBe(false);
  });
});
