import { expect, it } from '@jest/globals';
import type { Bench, Cases } from './adapter.ts';
import type { AppendResult } from '../port/index.ts';
import { append, idsOf } from './samples.ts';
import { runWriters } from './writer.runner.ts';

const WRITERS = 3;
const EVENTS_EACH = 60;

export const raceCases: Cases = (bench) => {
  it.each(['no-stream', 'stream-exists', 0] as const)(
    'of ten appends at once that expect %s, the log takes as many as it may',
    async (expected) => {
      const { store } = bench();
      if (expected !== 'no-stream') await store.append([append('thing-1', 'no-stream', 'first')]);

      const results = await Promise.all(
        Array.from({ length: 10 }, (_, index) => store.append([append('thing-1', expected, `e${index}`)])),
      );

      expect(taken(results.flat())).toBe(expected === 'stream-exists' ? 10 : 1);
    },
  );

  it('of two stores that append at one version, one wins and the other is told the true one', async () => {
    const { store, openAnother } = bench();
    const another = await openAnother();
    for (let version = -1; version < 20; version++) {
      const results = await Promise.all([
        store.append([append('thing-1', version, `a${version}`)]),
        another.append([append('thing-1', version, `b${version}`)]),
      ]);

      expect(taken(results.flat())).toBe(1);
      expect(results.flat()).toContainEqual({ ok: false, code: 'wrong-expected-state', actual: version + 1 });
    }
  });

  it('the same append from two stores at once is written once', async () => {
    const { store, openAnother } = bench();
    const another = await openAnother();

    const results = await Promise.all(
      [store, another].map((each) => each.append([append('thing-1', 'any', 'a', 'b')])),
    );

    expect(
      results
        .flat()
        .map((result) => result.ok && result.repeated)
        .sort(),
    ).toEqual([false, true]);
    expect(idsOf(await store.readStream('thing-1'))).toEqual(['a', 'b']);
  });
};

export const racesOfProcesses: Cases = (bench) => {
  it('several processes append to streams of their own and to a shared one', async () => {
    const { store } = bench();
    const writers = await race(bench(), 'append');

    const { events } = await store.readAll({ limit: 10_000 });
    const shared = await store.readStream('shared');

    expect(events).toHaveLength(WRITERS * EVENTS_EACH * 2);
    expect(shared).toHaveLength(WRITERS * EVENTS_EACH);
    for (const writer of writers) {
      const own = events.filter(({ stream }) => stream === `own-${writer}`);
      expect(own.map(({ streamVersion }) => streamVersion)).toEqual(own.map((_, index) => index));
      expect(idsOf(shared.filter(({ id }) => id.startsWith(`${writer}/`)))).toEqual(idsOf(own));
    }
  });

  it('several processes that count up one stream lose no step', async () => {
    const { store } = bench();
    await race(bench(), 'count');

    const counted = await store.readStream('counter');

    expect(counted.map(({ data }) => data['count'])).toEqual(counted.map((_, index) => index));
    expect(counted).toHaveLength(WRITERS * EVENTS_EACH);
  });

  it('several processes that append the same write it once', async () => {
    const { store } = bench();
    await race(bench(), 'repeat');

    const ids = idsOf(await store.readStream('shared'));

    expect(ids).toEqual(Array.from({ length: EVENTS_EACH }, (_, index) => `e${index}`));
  });

  it('a subscription sees what several processes append, in order and once', async () => {
    const { store } = bench();
    const racing = race(bench(), 'append');
    const seen: number[] = [];

    for await (const item of store.subscribe({ limit: 50 })) {
      if (item.kind === 'events') seen.push(...item.page.events.map(({ position }) => position));
      if (seen.length >= WRITERS * EVENTS_EACH * 2) break;
    }
    await racing;

    expect(seen).toEqual((await store.readAll({ limit: 10_000 })).events.map(({ position }) => position));
  });
};

/** Runs the writing processes to their end; gives their names. */
function race(bench: Bench, task: 'append' | 'count' | 'repeat'): Promise<readonly string[]> {
  return runWriters(bench, task, { writers: WRITERS, events: EVENTS_EACH });
}

function taken(results: readonly AppendResult[]): number {
  return results.filter((result) => result.ok && !result.repeated).length;
}
