import { expect, it } from '@jest/globals';
import type { Cases } from './adapter.ts';
import type { EventStore, Position, SubscribeOptions, SubscriptionItem } from '../port/index.ts';
import { START } from '../port/index.ts';
import { append, event, fill, idsOf } from './samples.ts';

export const subscriptions: Cases = (bench) => {
  it('on an empty log has caught up at once', async () => {
    const { store } = bench();

    expect(await untilCaughtUp(store)).toEqual({ ids: [], position: START });
  });

  it('catches up first, says so, and then goes on live', async () => {
    const { store } = bench();
    await fill(store, 'thing-1', 5);
    const seen: string[] = [];

    for await (const item of store.subscribe({ limit: 2 })) {
      seen.push(...summary(item));
      if (item.kind === 'caught-up') await store.append([append('thing-1', 4, 'live')]);
      if (seen.includes('live')) break;
    }

    expect(seen).toEqual(['e0', 'e1', 'e2', 'e3', 'e4', 'caught-up', 'live']);
  });

  it('starts after a position', async () => {
    const { store } = bench();
    await fill(store, 'thing-1', 5);
    const { position: after } = await store.readAll({ limit: 3 });

    expect(await untilCaughtUp(store, { after })).toEqual({ ids: ['e3', 'e4'], position: await store.head() });
  });

  it('starting at the head gives new events alone', async () => {
    const { store } = bench();
    await fill(store, 'thing-1', 5);
    const seen: string[] = [];

    for await (const item of store.subscribe({ after: await store.head() })) {
      seen.push(...summary(item));
      if (item.kind === 'caught-up') await store.append([append('thing-2', 'any', 'live')]);
      else break;
    }

    expect(seen).toEqual(['caught-up', 'live']);
  });

  it('its position moves over events that the filter leaves out', async () => {
    const { store } = bench();
    await store.append([{ stream: 'a', expected: 'any', events: [event('red', { type: 'red.v1' })] }]);
    await fill(store, 'thing-1', 50);
    const filter = { types: ['red.v1'] };

    expect(await untilCaughtUp(store, { filter })).toEqual({ ids: ['red'], position: await store.head() });
  });

  it('live, its position moves over events that the filter leaves out', async () => {
    const { store } = bench();
    let appended: Position | undefined;
    let reached: Position = START;

    for await (const item of store.subscribe({ filter: { types: ['red.v1'] } })) {
      if (item.kind === 'caught-up' && appended === undefined) {
        await fill(store, 'thing-1', 3);
        appended = await store.head();
      }
      if (item.kind === 'events') {
        expect(item.page.events).toEqual([]);
        reached = item.page.position;
      }
      if (reached === appended) break;
    }

    expect(reached).toBe(await store.head());
  });

  it('gets what another store of the log appends', async () => {
    const { store, openAnother } = bench();
    const another = await openAnother();
    const seen: string[] = [];

    for await (const item of store.subscribe()) {
      seen.push(...summary(item));
      if (item.kind === 'caught-up') await another.append([append('thing-1', 'any', 'a', 'b')]);
      if (seen.includes('b')) break;
    }

    expect(seen).toEqual(['caught-up', 'a', 'b']);
  });

  it('gives every event once and in order while others are being written', async () => {
    const { store, openAnother } = bench();
    const another = await openAnother();
    const writing = (async () => {
      for (let index = 0; index < 100; index++) {
        await (index % 3 === 0 ? another : store).append([append(`thing-${index % 5}`, 'any', `e${index}`)]);
      }
    })();
    const seen: string[] = [];

    for await (const item of store.subscribe({ limit: 7 })) {
      if (item.kind === 'events') seen.push(...idsOf(item.page.events));
      if (seen.length >= 100) break;
    }
    await writing;

    expect(seen).toEqual(idsOf((await store.readAll()).events));
  });

  it('a slow consumer misses nothing', async () => {
    const { store } = bench();
    const seen: string[] = [];
    let appended = 0;

    for await (const item of store.subscribe({ limit: 2 })) {
      if (appended < 10) await store.append([append('thing-1', 'any', `e${appended++}`, `f${appended}`)]);
      await new Promise((resolve) => setTimeout(resolve, 2));
      if (item.kind === 'events') seen.push(...idsOf(item.page.events));
      if (seen.length >= 20) break;
    }

    expect(seen).toEqual(idsOf(await store.readStream('thing-1')));
  });

  it('several go on each at its own pace', async () => {
    const { store } = bench();
    await fill(store, 'thing-1', 10);

    const results = await Promise.all([1, 3, 100].map((limit) => untilCaughtUp(store, { limit })));

    for (const { ids } of results) expect(ids).toHaveLength(10);
  });

  it('ends when its signal is aborted while it waits', async () => {
    const { store } = bench();
    const abort = new AbortController();
    const seen: string[] = [];

    for await (const item of store.subscribe({ signal: abort.signal })) {
      seen.push(...summary(item));
      setTimeout(() => abort.abort(), 5);
    }

    expect(seen).toEqual(['caught-up']);
  });

  it('with an aborted signal gives nothing', async () => {
    const { store } = bench();
    const items: SubscriptionItem[] = [];

    for await (const item of store.subscribe({ signal: AbortSignal.abort() })) items.push(item);

    expect(items).toEqual([]);
  });

  it('ends when the store is closed', async () => {
    const another = await bench().openAnother();
    const seen: string[] = [];

    for await (const item of another.subscribe()) {
      seen.push(...summary(item));
      setTimeout(() => void another.close(), 5);
    }

    expect(seen).toEqual(['caught-up']);
  });
};

function summary(item: SubscriptionItem): string[] {
  return item.kind === 'caught-up' ? ['caught-up'] : idsOf(item.page.events);
}

async function untilCaughtUp(store: EventStore, options: SubscribeOptions = {}) {
  const ids: string[] = [];
  for await (const item of store.subscribe(options)) {
    if (item.kind === 'caught-up') return { ids, position: item.position };
    ids.push(...idsOf(item.page.events));
  }
  throw new Error('The subscription ended before it had caught up.');
}
