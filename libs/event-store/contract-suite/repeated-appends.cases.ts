import { expect, it } from '@jest/globals';
import type { Cases } from './adapter.ts';
import type { AppendResult, EventStore, ExpectedState } from '../port/index.ts';
import { append, event, fill, idsOf } from './samples.ts';

export const repeatedAppends: Cases = (bench) => {
  const one = async (stream: string, expected: ExpectedState, ...ids: string[]): Promise<AppendResult | undefined> => {
    const [result] = await bench().store.append([append(stream, expected, ...ids)]);
    return result;
  };

  it.each(['no-stream', 'any', -1] as const)('a first append, expecting %s, is recognised', async (expected) => {
    const { store } = bench();
    const first = await one('thing-1', expected, 'a', 'b');

    expect(await one('thing-1', expected, 'a', 'b')).toEqual({ ...first, repeated: true });
    expect(idsOf(await store.readStream('thing-1'))).toEqual(['a', 'b']);
  });

  it.each([2, 'any', 'stream-exists'] as const)('a later append, expecting %s, is recognised', async (expected) => {
    const { store } = bench();
    await fill(store, 'thing-1', 3);
    const first = await one('thing-1', expected, 'a', 'b');

    expect(await one('thing-1', expected, 'a', 'b')).toEqual({ ...first, repeated: true });
    expect(await store.readStream('thing-1')).toHaveLength(5);
  });

  it.each([2, 'any', 'stream-exists'] as const)(
    'an append, expecting %s, is recognised after the stream has moved on',
    async (expected) => {
      const { store } = bench();
      await fill(store, 'thing-1', 3);
      const first = await one('thing-1', expected, 'a', 'b');
      await one('thing-1', 4, 'c');

      expect(await one('thing-1', expected, 'a', 'b')).toEqual({ ...first, repeated: true });
    },
  );

  it('an append is recognised by another store of the log', async () => {
    const first = await one('thing-1', 'no-stream', 'a');
    const another: EventStore = await bench().openAnother();

    expect(await another.append([append('thing-1', 'no-stream', 'a')])).toEqual([{ ...first, repeated: true }]);
  });

  it('the beginning of an append that is there is recognised too', async () => {
    await one('thing-1', 'no-stream', 'a', 'b', 'c');

    expect(await one('thing-1', 'no-stream', 'a', 'b')).toMatchObject({ ok: true, streamVersion: 1, repeated: true });
  });

  it('metadata is not content: the first stays', async () => {
    const { store } = bench();
    const again = {
      ...append('thing-1', 'no-stream'),
      events: [event('a', { correlationId: 'retry', actor: 'else' })],
    };
    await one('thing-1', 'no-stream', 'a');

    expect(await store.append([again])).toMatchObject([{ repeated: true }]);
    expect(await store.readStream('thing-1')).toMatchObject([{ correlationId: 'case' }]);
  });

  it.each(['no-stream', 'any'] as const)('half of it there, expecting %s: the id is told', async (expected) => {
    const { store } = bench();
    await one('thing-1', expected, 'a');

    expect(await one('thing-1', expected, 'a', 'b')).toEqual({ ok: false, code: 'event-id-reused', eventId: 'a' });
    expect(idsOf(await store.readStream('thing-1'))).toEqual(['a']);
  });

  it.each(['no-stream', 'any'] as const)('the second half there, expecting %s: the id is told', async (expected) => {
    await one('thing-1', 'no-stream', 'x', 'b');

    expect(await one('thing-1', expected, 'a', 'b')).toEqual({ ok: false, code: 'event-id-reused', eventId: 'b' });
  });

  it('another event where this one was expected is a wrong expected state', async () => {
    await one('thing-1', 'no-stream', 'a', 'b');

    expect(await one('thing-1', 0, 'c')).toEqual({ ok: false, code: 'wrong-expected-state', actual: 1 });
  });

  it('an id of the stream is not taken a second time at the right version', async () => {
    await one('thing-1', 'no-stream', 'a', 'b');

    expect(await one('thing-1', 1, 'c', 'a')).toEqual({ ok: false, code: 'event-id-reused', eventId: 'a' });
  });

  it.each(['any', 'stream-exists'] as const)(
    'known ids in another order, expecting %s, are reused',
    async (expected) => {
      await one('thing-1', 'no-stream', 'a', 'b');

      expect(await one('thing-1', expected, 'b', 'a')).toEqual({ ok: false, code: 'event-id-reused', eventId: 'b' });
    },
  );

  it.each(['no-stream', 'any', -1] as const)('one id twice in an append, expecting %s, is reused', async (expected) => {
    const { store } = bench();

    expect(await one('thing-1', expected, 'a', 'b', 'a')).toEqual({
      ok: false,
      code: 'event-id-reused',
      eventId: 'a',
    });
    expect(await store.readStream('thing-1')).toEqual([]);
  });

  it('two streams may have events of one id', async () => {
    await one('thing-1', 'no-stream', 'a');

    expect(await one('thing-2', 'no-stream', 'a')).toMatchObject({ ok: true, repeated: false });
  });
};
