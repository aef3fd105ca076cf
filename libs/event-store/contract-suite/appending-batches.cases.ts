import { expect, it } from '@jest/globals';
import type { Cases } from './adapter.ts';
import { EventStoreUnavailableError } from '../port/index.ts';
import { append, event, fill, idsOf } from './samples.ts';

const MEGABYTES_TOO_MUCH = 5;

export const appendingBatches: Cases = (bench) => {
  it('an empty batch has no results', async () => {
    expect(await bench().store.append([])).toEqual([]);
  });

  it.each(['any', 'no-stream', -1] as const)(
    'an empty append to no stream, expecting %s, does nothing',
    async (expected) => {
      const { store } = bench();
      await fill(store, 'other-1', 2);

      expect(await store.append([append('thing-1', expected)])).toEqual([
        { ok: true, streamVersion: -1, position: await store.head(), repeated: false },
      ]);
      expect(await store.append([append('thing-1', 'stream-exists')])).toMatchObject([{ ok: false, actual: null }]);
    },
  );

  it.each(['any', 'stream-exists', 1] as const)(
    'an empty append to a stream, expecting %s, does nothing',
    async (expected) => {
      const { store } = bench();
      await fill(store, 'thing-1', 2);

      expect(await store.append([append('thing-1', expected)])).toEqual([
        { ok: true, streamVersion: 1, position: await store.head(), repeated: false },
      ]);
    },
  );

  it.each(['no-stream', 0, 2] as const)('an empty append that expects %s wrongly is refused', async (expected) => {
    const { store } = bench();
    await fill(store, 'thing-1', 2);

    expect(await store.append([append('thing-1', expected)])).toEqual([
      { ok: false, code: 'wrong-expected-state', actual: 1 },
    ]);
  });

  it('each append has its own result, in order, and a refused one does not harm the others', async () => {
    const { store } = bench();
    await fill(store, 'thing-2', 1);

    const results = await store.append([
      append('thing-1', 'no-stream', 'a'),
      append('thing-2', 'no-stream', 'b'),
      append('thing-3', 'any', 'c', 'd'),
      append('thing-4', 'stream-exists', 'e'),
    ]);

    expect(results).toMatchObject([
      { ok: true, streamVersion: 0 },
      { ok: false, code: 'wrong-expected-state', actual: 0 },
      { ok: true, streamVersion: 1 },
      { ok: false, code: 'wrong-expected-state', actual: null },
    ]);
    expect(idsOf((await store.readAll()).events)).toEqual(['e0', 'a', 'c', 'd']);
  });

  it('two appends to one stream see each other in order', async () => {
    const { store } = bench();

    const results = await store.append([
      append('thing-1', 'no-stream', 'a', 'b'),
      append('thing-1', 1, 'c'),
      append('thing-1', 'no-stream', 'd'),
      append('thing-1', 'no-stream', 'a', 'b'),
      append('thing-1', 'any', 'c'),
    ]);

    expect(results).toMatchObject([
      { ok: true, streamVersion: 1, repeated: false },
      { ok: true, streamVersion: 2, repeated: false },
      { ok: false, code: 'wrong-expected-state', actual: 2 },
      { ok: true, streamVersion: 1, repeated: true },
      { ok: true, streamVersion: 2, repeated: true },
    ]);
  });

  it('a batch of 2,000 streams and one stream of 2,000 events go through', async () => {
    const { store } = bench();
    const ids = Array.from({ length: 2_000 }, (_, index) => `e${index}`);

    const many = await store.append(ids.map((id) => append(`thing-${id}`, 'no-stream', id)));
    const [long] = await store.append([append('long', 'no-stream', ...ids)]);

    expect(many.filter(({ ok }) => ok)).toHaveLength(2_000);
    expect(long).toMatchObject({ ok: true, streamVersion: 1_999, position: await store.head() });
  });

  it('calls of one moment are answered each for itself', async () => {
    const { store } = bench();

    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => store.append([append(`thing-${index}`, 'no-stream', 'a')])),
    );

    const positions = answers.map(([result]) => (result?.ok === true ? result.position : undefined));
    expect(new Set(positions).size).toBe(50);
    expect(answers.flat().every((result) => result.ok && result.streamVersion === 0)).toBe(true);
  });

  it('an event above the size limit is refused, with both sizes, and the others are taken', async () => {
    const { store } = bench();
    const large = event('large', { data: { text: 'x'.repeat(MEGABYTES_TOO_MUCH * 1_048_576) } });

    const results = await store.append([
      { stream: 'thing-1', expected: 'no-stream', events: [event('small'), large] },
      append('thing-2', 'no-stream', 'a'),
    ]);

    expect(results).toMatchObject([{ ok: false, code: 'too-large' }, { ok: true }]);
    const [refused] = results;
    if (refused?.ok !== false || refused.code !== 'too-large') throw new Error('It was not refused for its size.');
    expect(refused.actualBytes).toBeGreaterThan(refused.limitBytes);
    expect(await store.readStream('thing-1')).toEqual([]);
  });

  it.each(['', 'a\nb', 'a\u0000b', '\ud800'])('a stream can not be called %j', async (stream) => {
    await expect(bench().store.append([append(stream, 'any', 'a')])).rejects.toThrow(TypeError);
  });

  it('a closed store takes nothing', async () => {
    const another = await bench().openAnother();
    await another.close();

    await expect(another.append([append('thing-1', 'any', 'a')])).rejects.toThrow(EventStoreUnavailableError);
  });

  it('a store answers what was appended before it was closed', async () => {
    const another = await bench().openAnother();
    const answer = another.append([append('thing-1', 'no-stream', 'a')]);
    await another.close();

    expect(await answer).toMatchObject([{ ok: true }]);
    expect(await bench().store.readStream('thing-1')).toHaveLength(1);
  });
};
