import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Adapter } from '#libs/registries/adapter';
import { compareCounts, type FeedStatus } from '#libs/registries/feed';
import { watchFeeds } from './feeds.ts';

const NOW = Date.parse('2026-11-22T03:00:00Z');
const fromFeed = { records: 1, quarantined: 0, confirming: 0 };

function adapterOf(status: Partial<FeedStatus>, sourceRecords = 3): Adapter {
  const source = { records: sourceRecords, withdrawn: 0, changes: sourceRecords };
  return {
    registry: 'residents',
    start: async () => undefined,
    stop: async () => undefined,
    openIntakes: () => [],
    status: () => [{ registry: 'residents', record: 'resident', phase: 'live', changes: 3, failures: 0, ...status }],
    countAtSource: async () => 0,
    compareCounts: async () => ({
      resident: compareCounts(source, { records: 9, withdrawn: 0, quarantined: 0, fromFeed }),
    }),
  };
}

describe('the watch over the feeds', () => {
  afterEach(() => void jest.useRealTimers());

  it('tells how each goes: its last success and failure, the age of its cursor', () => {
    const watch = watchFeeds(
      [
        adapterOf({
          phase: 'waiting',
          failures: 4,
          cursor: '000000000007',
          cursorAt: '2026-11-22T02:59:00.000Z',
          lastPageAt: '2026-11-22T02:59:30.000Z',
          lastError: { code: 'source-unavailable', message: 'no answer', at: '2026-11-22T02:59:50.000Z' },
        }),
      ],
      () => NOW,
    );
    expect(watch.items()).toMatchObject([
      {
        phase: 'waiting',
        cursor: '000000000007',
        cursorAgeSeconds: 60,
        lastSuccessAt: '2026-11-22T02:59:30.000Z',
        lastFailureAt: '2026-11-22T02:59:50.000Z',
        lastFailureCode: 'source-unavailable',
        attempts: 4,
        counts: null,
      },
    ]);
    watch.close();
  });

  it('compares the counts of what is live again and again, and not what still catches up', async () => {
    jest.useFakeTimers();
    let records = 1;
    const live: Adapter = { ...adapterOf({}), compareCounts: () => adapterOf({}, records).compareCounts() };
    const behind = watchFeeds([adapterOf({ phase: 'catching-up' })], () => NOW);
    const watch = watchFeeds([live], () => NOW, 60);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(watch.items()[0]?.counts).toMatchObject({ complete: true, comparedAt: '2026-11-22T03:00:00.000Z' });
    records = 5;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(watch.items()[0]?.counts).toMatchObject({ missing: 0, unconfirmed: 4, complete: false });
    expect(behind.items()[0]?.counts).toBeNull();
    behind.close();
    watch.close();
  });
});
