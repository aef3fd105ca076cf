import { describe, expect, it } from '@jest/globals';
import { openDesk } from '../testing/desk-scene.ts';

describe('a read that carries the position of a write', () => {
  it('is answered when the views have it', async () => {
    const desk = await openDesk();
    const head = await desk.hub.store.head();
    expect(await desk.get('/api/v1/stats', { headers: { 'khop-position': String(head) } })).toMatchObject({
      status: 200,
    });
    await desk.close();
  });

  it('is to be asked again when they have not come that far in time', async () => {
    const desk = await openDesk({ settings: { readYourWritesMilliseconds: 1 } });
    const answer = await desk.get('/api/v1/stats', { headers: { 'khop-position': '999999' } });
    expect(answer).toMatchObject({ status: 503, body: { code: 'views-behind' } });
    expect(answer.headers.get('retry-after')).toBe('1');
    await desk.close();
  });

  it('is refused when that is no position', async () => {
    const desk = await openDesk();
    const answer = await desk.get('/api/v1/stats', { headers: { 'khop-position': 'soon' } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'position-invalid' } });
    await desk.close();
  });
});
