import { expect, it } from '@jest/globals';
import type { Cases } from './adapter.ts';
import type { NewEvent } from '../port/index.ts';
import { JsonText } from '../port/index.ts';
import { event, fill, idsOf } from './samples.ts';

export const readingStreams: Cases = (bench) => {
  it('an event comes back as it was appended, with its place in the log', async () => {
    const { store } = bench();
    const full: NewEvent = {
      id: 'a',
      type: 'khop.test.thing-happened.v2',
      schemaVersion: 2,
      occurredAt: '2026-11-21T23:59:59.999Z',
      correlationId: 'correlation',
      causationId: 'causation',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      actor: 'steward:test',
      data: { nothing: null, yes: true, list: [1, -2.5, 1e-7, { deep: [[]] }], empty: {} },
      personal: { fullName: 'Nguyễn Thị Ví Dụ', parts: ['Nguyễn', 'Dụ'] },
    };
    await fill(store, 'other-1', 2);
    const [result] = await store.append([{ stream: 'thing-1', expected: 'no-stream', events: [full] }]);

    const [recorded] = await store.readStream('thing-1');

    expect(recorded).toMatchObject({ ...full, stream: 'thing-1', streamVersion: 0 });
    expect(result).toMatchObject({ position: recorded?.position });
    expect(recorded?.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u);
  });

  it('what was not given is not there', async () => {
    const { store } = bench();
    await store.append([{ stream: 'thing-1', expected: 'any', events: [event('a'), event('b', { personal: {} })] }]);

    const [without, empty] = await store.readStream('thing-1');

    expect(without?.personal).toBeUndefined();
    expect(without?.causationId).toBeUndefined();
    expect(without?.traceparent).toBeUndefined();
    expect(without?.actor).toBeUndefined();
    expect(empty?.personal).toEqual({});
  });

  it('a personal part that is given as JSON text reads back as its object', async () => {
    const { store } = bench();
    const personal = { name: 'Hoà 👩‍👩‍👧', list: [1, { deep: null }] };
    const text = new JsonText(Buffer.from(`xx${JSON.stringify(personal)}`).subarray(2));
    await store.append([{ stream: 'thing-1', expected: 'any', events: [event('a', { personal: text })] }]);

    const [recorded] = await store.readStream('thing-1');

    expect(recorded?.personal).toEqual(personal);
    expect(JSON.stringify(text)).toBe(JSON.stringify(personal));
  });

  it.each([
    ['decomposed letters', 'Hoà'.normalize('NFD')],
    ['no bytes', 'a\u0000b'],
    ['half a pair', 'a\ud800b'],
    ['line ends', 'a\r\nb\u2028'],
    ['emoji', '👩‍👩‍👧'],
  ])('text is stored as it came: %s', async (_, text) => {
    const { store } = bench();
    const odd = event('a', { data: { text, [text]: 1 }, personal: { text } });
    await store.append([{ stream: 'thing-1', expected: 'any', events: [odd] }]);

    const [recorded] = await store.readStream('thing-1');

    expect(recorded?.data).toEqual({ text, [text]: 1 });
    expect(recorded?.personal).toEqual({ text });
  });

  it('a key called __proto__ is a key like any other', async () => {
    const { store } = bench();
    const personal = Object.fromEntries([['__proto__', { admin: true }]]);
    const odd = event('a', { personal });
    await store.append([{ stream: 'thing-1', expected: 'any', events: [odd] }]);

    const [recorded] = await store.readStream('thing-1');

    expect(JSON.stringify(recorded?.personal)).toBe('{"__proto__":{"admin":true}}');
    expect(recorded?.personal).not.toHaveProperty('admin');
  });

  it('a stream that is not there is empty, both ways', async () => {
    const { store } = bench();

    expect(await store.readStream('thing-1')).toEqual([]);
    expect(await store.readStream('thing-1', { direction: 'backwards' })).toEqual([]);
  });

  it.each([
    [{}, ['e0', 'e1', 'e2', 'e3', 'e4']],
    [{ from: 3 }, ['e3', 'e4']],
    [{ from: 5 }, []],
    [{ limit: 2 }, ['e0', 'e1']],
    [{ from: 1, limit: 2 }, ['e1', 'e2']],
    [{ limit: 0 }, []],
    [{ direction: 'backwards' }, ['e4', 'e3', 'e2', 'e1', 'e0']],
    [{ direction: 'backwards', limit: 2 }, ['e4', 'e3']],
    [{ direction: 'backwards', from: 2 }, ['e2', 'e1', 'e0']],
    [{ direction: 'backwards', from: 2, limit: 1 }, ['e2']],
    [{ direction: 'backwards', from: 99, limit: 1 }, ['e4']],
  ] as const)('of five events, %j gives %j', async (options, ids) => {
    const { store } = bench();
    await fill(store, 'thing-1', 5);
    await fill(store, 'thing-10', 2);

    expect(idsOf(await store.readStream('thing-1', options))).toEqual(ids);
  });

  it('a read has at most 1,000 events, and goes on from the next version', async () => {
    const { store } = bench();
    await fill(store, 'thing-1', 1_100);

    expect(await store.readStream('thing-1', { limit: 5_000 })).toHaveLength(1_000);
    expect(await store.readStream('thing-1', { from: 1_000 })).toHaveLength(100);
  });

  it('single versions come in the order asked for, with gaps where there is none', async () => {
    const { store } = bench();
    await fill(store, 'thing-1', 3);
    await fill(store, 'thing-2', 1);

    const found = await store.readVersions([
      { stream: 'thing-2', version: 0 },
      { stream: 'thing-1', version: 2 },
      { stream: 'thing-1', version: 3 },
      { stream: 'thing-3', version: 0 },
      { stream: 'thing-1', version: 2 },
    ]);

    expect(found.map((recorded) => recorded && `${recorded.stream}/${recorded.id}`)).toEqual([
      'thing-2/e0',
      'thing-1/e2',
      undefined,
      undefined,
      'thing-1/e2',
    ]);
    expect(await store.readVersions([])).toEqual([]);
  });

  it('a version whose position is known is read there, and a wrong position does no harm', async () => {
    const { store } = bench();
    await fill(store, 'thing-1', 3);
    const [, second] = await store.readStream('thing-1');
    const position = second?.position ?? Number.NaN;

    const found = await store.readVersions([
      { stream: 'thing-1', version: 1, position },
      { stream: 'thing-1', version: 2, position },
      { stream: 'thing-2', version: 1, position },
      { stream: 'thing-1', version: 0, position: Number.MAX_SAFE_INTEGER },
    ]);

    expect(found.map((recorded) => recorded?.id)).toEqual(['e1', 'e2', undefined, 'e0']);
  });
};
