import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordStream } from '#contracts/events';
import { openDesk, type DeskScene } from '../testing/desk-scene.ts';
import { givenMismatch, slip } from '../testing/people.ts';

describe('event streams', () => {
  let desk: DeskScene;

  beforeAll(async () => {
    desk = await openDesk();
    await givenMismatch(desk);
    await desk.hub.record('enterprise', '0100233488', slip('Nguyễn Văn Bịnh'));
    await desk.catchUp();
  });
  afterAll(() => desk.close());

  it('are browsed by prefix and type, page by page, with personal parts masked', async () => {
    const { status, body } = await desk.get('/api/v1/streams?prefix=enterprise-registry.&limit=1');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      end: false,
      events: [
        {
          type: 'khop.enterprise-registry.enterprise-registered.v1',
          streamVersion: 0,
          data: { record: 'enterprise' },
          personal: { masked: true, fields: ['key', 'contentHash', 'content'] },
        },
      ],
    });
    expect(JSON.stringify(body)).not.toMatch(/Nguyễn|0100233488/);

    const next = await desk.get(`/api/v1/streams?prefix=enterprise-registry.&after=${String(body['next'])}`);
    expect(next.body).toMatchObject({ end: true, events: [{ streamVersion: 1 }] });
    const byType = await desk.get('/api/v1/streams?type=khop.reconciliation.mismatch-flagged.v1');
    expect((byType.body['events'] as unknown[]).length).toBeGreaterThan(0);
  });

  it('are read one by one, both ways', async () => {
    const stream = recordStream('enterprise', desk.hub.hash('enterprise-registry', 'enterprise', '0100233488'));
    const { body } = await desk.get(`/api/v1/streams/${stream}?direction=backwards&limit=1`);
    expect(body).toMatchObject({ stream, next: 0, events: [{ streamVersion: 1 }] });
    const rest = await desk.get(`/api/v1/streams/${stream}?from=0&limit=5`);
    expect(rest.body).toMatchObject({ next: null, events: [{ streamVersion: 0 }, { streamVersion: 1 }] });
    expect((await desk.get('/api/v1/streams/nothing')).status).toBe(404);
  });

  it.each(['prefix=a%20b', 'after=-1', 'after=soon', 'limit=0', 'name=Binh'])('refuse %s', async (query) => {
    expect((await desk.get(`/api/v1/streams?${query}`)).body['code']).toBe('request-invalid');
  });
});
