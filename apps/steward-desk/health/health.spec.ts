import { describe, expect, it } from '@jest/globals';
import type { FeedItem } from '#contracts/http';
import { openDesk, type SceneOptions } from '../testing/desk-scene.ts';
import { givenMismatch } from '../testing/people.ts';

async function ready(deps: NonNullable<SceneOptions['deps']>) {
  const desk = await openDesk({ deps });
  try {
    return await desk.get('/health/ready');
  } finally {
    await desk.close();
  }
}

describe('health', () => {
  it('is live and ready when linker and views are, and counts what there is', async () => {
    const desk = await openDesk();
    expect((await desk.get('/health/live')).body).toEqual({ status: 'live' });
    await givenMismatch(desk);
    const { status, body } = await desk.get('/health/ready');
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'ready', linking: { alive: true } });

    const stats = await desk.get('/api/v1/stats');
    expect(stats.body).toMatchObject({
      records: { residents: { resident: 1 }, 'enterprise-registry': { enterprise: 1 } },
      verdicts: { 'legal-representative': { mismatched: 1, byCode: { FIELD_MISMATCH: 1 } } },
      queue: { open: 2, tabs: { unclaimed: 2 }, byCheck: { 'legal-representative': 1 } },
      quarantine: 0,
      deadLetters: 0,
    });
    await desk.close();
  });

  it('is ready and degraded while a feed fails, or has lost something, and says which', async () => {
    const failing = feed({ phase: 'waiting', attempts: 4, lastFailureCode: 'source-unavailable' });
    const lossy = feed({ record: 'birth', registry: 'civil-status', counts: { complete: false } });
    const { status, body } = await ready(({ operations }) => ({
      operations: { ...operations, feeds: async () => [feed({}), failing, lossy] },
    }));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'ready',
      condition: 'degraded',
      feeds: [
        { attempts: 0, complete: null },
        { registry: 'residents', phase: 'waiting', attempts: 4, lastFailureCode: 'source-unavailable' },
        { record: 'birth', complete: false },
      ],
    });
  });

  it('shows how the feeds go among the counts', async () => {
    const desk = await openDesk({
      deps: ({ operations }) => ({ operations: { ...operations, feeds: async () => [feed({ cursor: '7' })] } }),
    });
    expect((await desk.get('/api/v1/stats')).body['feeds']).toMatchObject([{ record: 'resident', cursor: '7' }]);
    expect((await desk.get('/health/ready')).body).toMatchObject({ status: 'ready', condition: 'ok' });
    await desk.close();
  });

  it('is not ready without a linker', async () => {
    const { status, body } = await ready(({ operations }) => ({
      operations: {
        ...operations,
        linking: () => {
          throw new Error('the thread has ended');
        },
      },
    }));
    expect([status, body['status']]).toEqual([503, 'not-ready']);
  });

  it.each([
    ['views that lag too far behind', async () => [view({ lagSeconds: 600 })]],
    ['a view that has a problem', async () => [view({ problem: { code: 'x', message: 'x', since: 0, attempts: 1 } })]],
    ['views that do not answer', () => Promise.reject(new Error('the thread has ended'))],
  ])('is not ready with %s', async (_, viewsStatus) => {
    const { status } = await ready(({ operations }) => ({ operations: { ...operations, viewsStatus } }));
    expect(status).toBe(503);
  });
});

const feed = (other: Partial<Omit<FeedItem, 'counts'>> & { counts?: object }): FeedItem => ({
  registry: 'residents',
  record: 'resident',
  phase: 'live',
  cursor: null,
  cursorAgeSeconds: null,
  changes: 0,
  lag: null,
  lastSuccessAt: null,
  lastFailureAt: null,
  lastFailureCode: null,
  attempts: 0,
  ...other,
  counts: (other.counts ?? null) as FeedItem['counts'],
});

const view = (other: object) => ({
  name: 'queue',
  version: 1,
  live: true,
  position: 0,
  lagEvents: 0,
  lagSeconds: 0,
  events: 0,
  eventsPerSecond: 0,
  deadLetters: 0,
  ...other,
});
