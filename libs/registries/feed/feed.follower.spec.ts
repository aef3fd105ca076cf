import { afterEach, describe, expect, it } from '@jest/globals';
import { feedStream } from '#contracts/events';
import { OutcomeUnknownError, type EventStore } from '#libs/event-store/port';
import type { SourceClient } from '../source/index.ts';
import { compareCounts, readFeedPlace, type FeedTurn } from './index.ts';
import { resident, residents, Scene, until } from './testing/scene.ts';

let scene: Scene;
afterEach(() => scene.close());

type Appends = Parameters<EventStore['append']>[0];

/** The scene's store with something in the way of its appends. */
function appending(
  meddle: (appends: Appends, append: EventStore['append']) => ReturnType<EventStore['append']>,
): EventStore {
  const { store } = scene;
  return {
    append: (appends) => meddle(appends, (these) => store.append(these)),
    readStream: (...args) => store.readStream(...args),
    readVersions: (...args) => store.readVersions(...args),
    readAll: (...args) => store.readAll(...args),
    subscribe: (...args) => store.subscribe(...args),
    head: () => store.head(),
    pointAt: (...args) => store.pointAt(...args),
    close: () => store.close(),
  };
}

const movesCursor = (appends: Appends): boolean =>
  appends.some(({ stream }) => stream === feedStream('residents', 'resident'));

const keysOf = (events: readonly { personal?: unknown }[]): readonly string[] =>
  events.map(({ personal }) => (personal as { key: string }).key);

describe('following a feed', () => {
  it('takes every record exactly once, from a source that fails three times in ten and is slow', async () => {
    scene = await Scene.open({ failureRate: 0.3, latencyMilliseconds: 2 });
    await scene.source.load('resident', [residents(1500)]);
    await scene.follow();
    await scene.caughtUp();
    const keys = keysOf(await scene.records());
    expect(keys).toHaveLength(1500);
    expect(new Set(keys).size).toBe(1500);
    expect(scene.feed?.status()).toMatchObject({ phase: 'live', lag: 0, failures: 0, changes: 1500 });
    expect(scene.feed?.status().lastError).toMatchObject({ code: 'source-unavailable' });
  });

  it('frames the first catch-up, however small, and no live change', async () => {
    scene = await Scene.open();
    await scene.source.load('resident', [residents(3)]);
    await scene.follow();
    await scene.caughtUp();
    expect(await scene.frames()).toEqual(['started', 'finished']);
    scene.source.put('resident', resident(1, 'Nguyễn Thị Mận'));
    await scene.caughtUp();
    expect(keysOf(await scene.records())).toHaveLength(4);
    expect(await scene.frames()).toHaveLength(2);
  });

  it('takes a live change in at once', async () => {
    scene = await Scene.open();
    await scene.follow();
    await until(
      () => scene.feed?.status(),
      (status) => status?.phase === 'live',
    );
    const before = performance.now();
    scene.source.put('resident', resident(1));
    await until(
      () => scene.records(),
      ({ length }) => length === 1,
    );
    expect(performance.now() - before).toBeLessThan(500);
  });

  it('frames a burst that does not fit one page', async () => {
    scene = await Scene.open();
    await scene.follow();
    await until(
      () => scene.feed?.status(),
      (status) => status?.phase === 'live',
    );
    await scene.source.load('resident', [residents(120)]);
    await scene.caughtUp();
    expect(await scene.frames()).toEqual(['started', 'finished', 'started', 'finished']);
  });

  it('begins its intake when it is opened, before anything is fetched', async () => {
    scene = await Scene.open({ latencyMilliseconds: 50 });
    const feed = await scene.follow();
    expect(feed.openIntake()).toBeDefined();
    expect(await scene.frames()).toEqual(['started']);
  });

  it('puts what is no record into quarantine and goes on', async () => {
    scene = await Scene.open();
    await scene.source.load('resident', [[resident(1), { personalId: '12' }, 'text', resident(2)]]);
    await scene.follow();
    await scene.caughtUp();
    expect(await scene.records()).toHaveLength(2);
    expect(await scene.hubCounts()).toMatchObject({ records: 2, withdrawn: 0, quarantined: 2 });
  });

  it('takes versions in the order of the feed where they have no date', async () => {
    scene = await Scene.open();
    await scene.source.load('resident', [[resident(1, 'A'), resident(1, 'B'), resident(1, 'A')]]);
    await scene.follow();
    await scene.caughtUp();
    const records = await scene.records();
    expect(records.map(({ personal }) => (personal?.['content'] as { fullName: string }).fullName)).toEqual([
      'A',
      'B',
      'A',
    ]);
    expect(records.map(({ data }) => data['source'])).toEqual(
      [1, 2, 3].map((number) => ({ kind: 'feed', cursor: `00000000000${number}` })),
    );
  });
});

describe('a restart', () => {
  it('in the middle of a catch-up goes on from the last cursor and takes nothing twice', async () => {
    scene = await Scene.open({ latencyMilliseconds: 5 });
    await scene.source.load('resident', [residents(600)]);
    await scene.follow();
    await until(
      () => scene.feed?.status(),
      (status) => (status?.changes ?? 0) >= 150,
    );
    await scene.stop();
    const { cursor } = await readFeedPlace(scene.store, 'residents', 'resident');
    expect(Number(cursor)).toBeGreaterThanOrEqual(150);
    expect(Number(cursor)).toBeLessThan(600);
    const asked: (string | undefined)[] = [];
    const client: Pick<SourceClient, 'changes'> = {
      changes: (record, page, signal) => {
        asked.push(page.since);
        return scene.client.changes(record, page, signal);
      },
    };
    await scene.follow({ client });
    await scene.caughtUp();
    expect(asked[0]).toBe(cursor);
    expect(keysOf(await scene.records())).toHaveLength(600);
    expect(await scene.frames()).toEqual(['started', 'started', 'finished']);
  });

  it('between a page and its cursor reads the page again and appends nothing', async () => {
    scene = await Scene.open();
    await scene.source.load('resident', [residents(120)]);
    let broken = true;
    const store = appending((appends, append) =>
      broken && movesCursor(appends) ? Promise.reject(new TypeError('killed')) : append(appends),
    );
    await scene.follow({ store });
    await until(
      () => scene.feed?.status(),
      (status) => status?.phase === 'waiting',
    );
    expect(await scene.records()).toHaveLength(50);
    await scene.stop();
    broken = false;
    await scene.follow({ store });
    await scene.caughtUp();
    expect(keysOf(await scene.records())).toHaveLength(120);
  });

  it('with nothing new appends nothing', async () => {
    scene = await Scene.open();
    await scene.source.load('resident', [residents(70)]);
    await scene.follow();
    await scene.caughtUp();
    await scene.stop();
    const head = await scene.store.head();
    await scene.follow();
    await until(
      () => scene.feed?.status(),
      (status) => status?.phase === 'live',
    );
    expect(await scene.store.head()).toBe(head);
  });
});

describe('what goes wrong', () => {
  it('never makes it give up: it says so in its status and comes back by itself', async () => {
    scene = await Scene.open({ failureRate: 1 });
    await scene.source.load('resident', [residents(10)]);
    const turns: FeedTurn[] = [];
    await scene.follow({ onTurn: (turn) => turns.push(turn) });
    await until(
      () => scene.feed?.status(),
      (status) => (status?.failures ?? 0) >= 5,
    );
    expect(scene.feed?.status()).toMatchObject({ phase: 'waiting', lastError: { code: 'source-unavailable' } });
    expect(turns).toMatchObject([{ turn: 'failing', record: 'resident', code: 'source-unavailable', attempts: 1 }]);
    scene.source.set({ failureRate: 0 });
    await scene.caughtUp();
    expect(await scene.records()).toHaveLength(10);
    expect(turns).toMatchObject([{ turn: 'failing' }, { turn: 'recovered', code: 'source-unavailable' }]);
    expect(turns[1]?.attempts).toBeGreaterThanOrEqual(5);
    expect(scene.feed?.status()).toMatchObject({ failures: 0, cursorAt: expect.any(String) as unknown });
  });

  it('in the log is waited for too', async () => {
    scene = await Scene.open();
    await scene.source.load('resident', [residents(10)]);
    let failures = 2;
    const store = appending((appends, append) =>
      movesCursor(appends) && failures-- > 0 ? Promise.reject(new OutcomeUnknownError('not now')) : append(appends),
    );
    await scene.follow({ store });
    await scene.caughtUp();
    expect(await scene.records()).toHaveLength(10);
  });

  it('a source that was set up anew is read from its beginning', async () => {
    scene = await Scene.open();
    await scene.source.load('resident', [residents(80)]);
    await scene.follow();
    await scene.caughtUp();
    await scene.stop();
    const other = await Scene.open();
    await other.source.load('resident', [residents(60), [resident(500)]]);
    await scene.follow({ client: other.client });
    await until(
      () => scene.records(),
      ({ length }) => length === 81,
    );
    await until(
      () => scene.feed?.status(),
      (status) => status?.phase === 'live',
    );
    await scene.stop();
    await other.close();
    expect((await readFeedPlace(scene.store, 'residents', 'resident')).cursor).toBe('000000000061');
  });

  it('a feed that goes in a circle, backwards, or mixes record types is not followed', async () => {
    scene = await Scene.open();
    const change = (cursor: string, record = 'resident') => ({ cursor, record, content: resident(1) });
    const pages = [
      { changes: [change('2'), change('1')], next: '2', more: false },
      { changes: [change('1', 'birth')], next: '1', more: false },
      { changes: [], more: true },
      { changes: [change('1'), change('2')], next: '1', more: false },
    ];
    let asked = 0;
    await scene.follow({
      client: { changes: async () => pages[asked++ % pages.length] ?? { changes: [], more: false } },
    });
    await until(
      () => scene.feed?.status(),
      (status) => (status?.failures ?? 0) >= 8,
    );
    expect(scene.feed?.status().lastError?.code).toBe('source-protocol');
    expect(await scene.records()).toEqual([]);
  });

  it('two followers of one feed get in each other’s way, and take nothing twice', async () => {
    scene = await Scene.open({ latencyMilliseconds: 2 });
    await scene.source.load('resident', [residents(400)]);
    const [one, other] = [await scene.follow(), await scene.follow()];
    await until(
      () => [one.status(), other.status()],
      (both) => both.every(({ phase, lag }) => phase === 'live' && lag === 0),
    );
    expect(keysOf(await scene.records())).toHaveLength(400);
  });
});

describe('the counts of source and hub', () => {
  it('agree once everything is taken in, and what is in quarantine explains itself', async () => {
    scene = await Scene.open();
    await scene.source.load('resident', [[...residents(20), { personalId: '1' }, { ...resident(3), withdrawn: true }]]);
    await scene.follow();
    await scene.caughtUp();
    const { records } = await scene.client.counts();
    const comparison = compareCounts(
      records['resident'] ?? { records: 0, withdrawn: 0, changes: 0 },
      await scene.hubCounts(),
    );
    expect(comparison).toMatchObject({ missing: 0, surplus: 0, withdrawalsMissing: 0, complete: true });
  });

  it('differ when a record is lost on the way', async () => {
    scene = await Scene.open();
    await scene.source.load('resident', [residents(20)]);
    const client: Pick<SourceClient, 'changes'> = {
      changes: async (record, request, signal) => {
        const page = await scene.client.changes(record, request, signal);
        return { ...page, changes: page.changes.filter(({ cursor }) => cursor !== '000000000007') };
      },
    };
    await scene.follow({ client });
    await scene.caughtUp();
    const { records } = await scene.client.counts();
    const comparison = compareCounts(
      records['resident'] ?? { records: 0, withdrawn: 0, changes: 0 },
      await scene.hubCounts(),
    );
    expect(comparison).toMatchObject({ missing: 1, complete: false });
  });
});
