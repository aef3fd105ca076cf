import { expect, it } from '@jest/globals';
import type { Cases } from './adapter.ts';
import type { EventFilter, EventStore, Position, RecordedEvent } from '../port/index.ts';
import { START } from '../port/index.ts';
import { append, event, fill, idsOf } from './samples.ts';

export const readingEverything: Cases = (bench) => {
  it('an empty log is one empty page', async () => {
    const { store } = bench();

    expect(await store.readAll()).toEqual({ events: [], position: START, end: true });
    expect(await store.head()).toBe(START);
  });

  it('events come in the order of their positions, and each stream in its own order', async () => {
    const { store } = bench();
    await store.append([append('a', 'any', 'a0', 'a1'), append('b', 'any', 'b0')]);
    await store.append([append('b', 0, 'b1'), append('a', 1, 'a2')]);

    const { events, position, end } = await store.readAll();

    expect(idsOf(events)).toEqual(['a0', 'a1', 'b0', 'b1', 'a2']);
    expect(events.map((recorded) => recorded.position)).toEqual(ascending(events));
    expect(position).toBe(await store.head());
    expect(end).toBe(true);
  });

  it.each([1, 2, 3, 7, 10, 1_000])('pages of %d events leave nothing out and repeat nothing', async (limit) => {
    const { store } = bench();
    await fill(store, 'thing-1', 10);

    const { events, pages } = await readOn(store, START, limit);

    expect(idsOf(events)).toEqual(Array.from({ length: 10 }, (_, index) => `e${index}`));
    expect(pages).toBe(Math.ceil(10 / limit));
  });

  it('a full last page says that it is the end', async () => {
    const { store } = bench();
    await fill(store, 'thing-1', 4);

    expect(await store.readAll({ limit: 2 })).toMatchObject({ end: false });
    const { position } = await store.readAll({ limit: 2 });
    expect(await store.readAll({ after: position, limit: 2 })).toMatchObject({ end: true });
  });

  it('reading goes on after the position of any event', async () => {
    const { store } = bench();
    await fill(store, 'thing-1', 6);
    const { events } = await store.readAll();

    for (const [index, { position }] of events.entries()) {
      expect(idsOf((await store.readAll({ after: position })).events)).toEqual(idsOf(events.slice(index + 1)));
    }
  });

  it('another store goes on where this one stopped', async () => {
    const { store, openAnother } = bench();
    await fill(store, 'thing-1', 5);
    const { position } = await store.readAll({ limit: 3 });

    expect(idsOf((await (await openAnother()).readAll({ after: position })).events)).toEqual(['e3', 'e4']);
  });

  it('at the head there is nothing, and the position stays', async () => {
    const { store } = bench();
    await fill(store, 'thing-1', 3);
    const head = await store.head();

    expect(await store.readAll({ after: head })).toEqual({ events: [], position: head, end: true });
  });

  it('the head is the position of the last appended event', async () => {
    const { store } = bench();
    const [result] = await store.append([append('thing-1', 'any', 'a', 'b')]);

    expect(result).toMatchObject({ position: await store.head() });
    await store.append([append('thing-1', 'no-stream', 'c')]);
    expect(result).toMatchObject({ position: await store.head() });
  });

  it.each<[EventFilter, string[]]>([
    [{ types: ['red.v1'] }, ['a0', 'b0']],
    [{ types: ['red.v1', 'blue.v1'] }, ['a0', 'a1', 'b0', 'c0']],
    [{ types: ['never.v1'] }, []],
    [{ types: ['red.v1', 'never.v1'] }, ['a0', 'b0']],
    [{ types: [] }, []],
    [{ streamPrefixes: ['a-'] }, ['a0', 'a1', 'a2']],
    [{ streamPrefixes: ['a-', 'c'] }, ['a0', 'a1', 'c0', 'a2']],
    [{ streamPrefixes: [''] }, ['a0', 'a1', 'b0', 'c0', 'a2']],
    [{ streamPrefixes: ['a-1x', 'A'] }, []],
    [{ streamPrefixes: [] }, []],
    [{ types: ['blue.v1', 'green.v1'], streamPrefixes: ['a-', 'b'] }, ['a1', 'a2']],
    [{}, ['a0', 'a1', 'b0', 'c0', 'a2']],
  ])('filter %j lets %j through', async (filter, ids) => {
    const { store } = bench();
    await appendColours(store);

    const page = await store.readAll({ filter });

    expect(idsOf(page.events)).toEqual(ids);
    expect(page).toMatchObject({ position: await store.head(), end: true });
  });

  it.each<EventFilter>([{}, { types: ['red.v1', 'blue.v1'] }, { streamPrefixes: [''] }])(
    'the personal part of the wanted types is there, with filter %j',
    async (filter) => {
      const { store } = bench();
      const personal = { name: 'Ai Đó' };
      await store.append([
        {
          stream: 'a-1',
          expected: 'any',
          events: [event('a0', { type: 'red.v1', personal }), event('a1', { type: 'blue.v1', personal })],
        },
      ]);

      const { events } = await store.readAll({ filter, personalOf: ['never.v1', 'blue.v1'] });

      expect(idsOf(events)).toEqual(['a0', 'a1']);
      expect(events[1]?.personal).toEqual(personal);
      expect((await store.readAll({ filter })).events[0]?.personal).toEqual(personal);
    },
  );

  it('the position moves over events that the filter left out', async () => {
    const { store } = bench();
    await appendColours(store);
    await fill(store, 'd-1', 300);
    const filter = { types: ['red.v1'] };

    const { events, positions } = await readOn(store, START, 1, filter);

    expect(idsOf(events)).toEqual(['a0', 'b0']);
    expect(positions.at(-1)).toBe(await store.head());
  });

  it('a prefix may hold what patterns would take for more', async () => {
    const { store } = bench();
    await store.append([append('a%b', 'any', '0'), append('a_b', 'any', '1'), append('axb', 'any', '2')]);
    await store.append([append('ấp*', 'any', '3'), append('ấpx', 'any', '4')]);

    const read = async (prefix: string) =>
      idsOf((await store.readAll({ filter: { streamPrefixes: [prefix] } })).events);
    expect(await read('a%')).toEqual(['0']);
    expect(await read('a_')).toEqual(['1']);
    expect(await read('ấp*')).toEqual(['3']);
    expect(await read('ấp')).toEqual(['3', '4']);
  });
};

async function appendColours(store: EventStore): Promise<void> {
  const put = (stream: string, id: string, type: string) => ({
    stream,
    expected: 'any' as const,
    events: [event(id, { type })],
  });
  await store.append([
    put('a-1', 'a0', 'red.v1'),
    put('a-1', 'a1', 'blue.v1'),
    put('b-1', 'b0', 'red.v1'),
    put('c-1', 'c0', 'blue.v1'),
    put('a-1', 'a2', 'green.v1'),
  ]);
}

async function readOn(store: EventStore, start: Position, limit: number, filter?: EventFilter) {
  const events: RecordedEvent[] = [];
  const positions: Position[] = [start];
  for (;;) {
    const after = positions.at(-1) ?? start;
    const page = await store.readAll(filter === undefined ? { after, limit } : { after, limit, filter });
    events.push(...page.events);
    positions.push(page.position);
    if (page.end) return { events, positions, pages: positions.length - 1 };
    expect(page.position).toBeGreaterThan(after);
  }
}

function ascending(events: readonly RecordedEvent[]): Position[] {
  return [...new Set(events.map(({ position }) => position))].sort((a, b) => a - b);
}
