import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { enterprise, resident } from '#tests/support';
import { openDesk, type DeskScene } from '../testing/desk-scene.ts';

const representative = (fullName: string, documentNumber = '001080012345') => ({
  fullName,
  documentNumber,
  dateOfBirth: '1980-05-17',
  gender: 'MALE' as const,
  documentType: 'PERSONAL_ID' as const,
});

describe('the queue', () => {
  let desk: DeskScene;

  beforeAll(async () => {
    desk = await openDesk();
    await desk.hub.record('resident', '001080012345', resident());
    await desk.hub.record(
      'enterprise',
      '0100233488',
      enterprise({ representatives: [representative('Nguyễn Văn Binh')] }),
    );
    await desk.hub.record(
      'enterprise',
      '0314409058',
      enterprise({
        enterpriseCode: '0314409058',
        taxCode: '0314409058',
        name: 'CÔNG TY CỔ PHẦN CHIM SÁO',
        representatives: [representative('Lê Thị Mận', '001080054321')],
      }),
    );
    await desk.catchUp();
  });
  afterAll(() => desk.close());

  it('gives items, total and facets of one moment', async () => {
    const { status, body } = await desk.post('/api/v1/queue/search', {
      body: { filter: { checks: ['legal-representative'] } },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      total: 2,
      next: null,
      facets: {
        code: [
          { value: 'FIELD_MISMATCH', count: 1 },
          { value: 'NOT_FOUND', count: 1 },
        ],
      },
    });
  });

  it('finds by text that stands in the body alone', async () => {
    const { body } = await desk.post('/api/v1/queue/search', { body: { filter: { text: 'chim sao' } } });
    expect(body).toMatchObject({ total: 2, items: [{ recordKey: '0314409058' }, { recordKey: '0314409058' }] });
  });

  it('is read by an address, too, where the filter says nothing of a person', async () => {
    const { body } = await desk.get('/api/v1/queue?checks=legal-representative&codes=NOT_FOUND&limit=1');
    expect(body).toMatchObject({ total: 1, items: [{ codes: ['NOT_FOUND'] }] });
  });

  it('goes on where a page ended', async () => {
    const first = await desk.get('/api/v1/queue?limit=1');
    const second = await desk.get(`/api/v1/queue?limit=1&cursor=${String(first.body['next'])}`);
    expect(second.status).toBe(200);
    expect(second.body['items']).not.toEqual(first.body['items']);
  });

  it('counts a filter without its items', async () => {
    const { body } = await desk.post('/api/v1/queue/facets', { body: { filter: { codes: ['NOT_FOUND'] } } });
    expect(body).toMatchObject({ tabs: { done: 0 } });
    expect(body).not.toHaveProperty('items');
  });

  it.each([
    ['a search by text in the address', '/api/v1/queue?text=binh', 'text'],
    ['an unknown check', '/api/v1/queue?checks=horoscope', 'checks'],
    ['a page that is too large', '/api/v1/queue?limit=5000', 'limit'],
  ])('refuses %s and names the field, not the value', async (_, path, field) => {
    const { status, body } = await desk.get(path);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'request-invalid', errors: [{ field }] });
    expect(JSON.stringify(body)).not.toMatch(/binh|horoscope|5000/);
  });

  it('is summed up on the dashboard, by check, day and field', async () => {
    const { status, body } = await desk.get('/api/v1/dashboard?checks=legal-representative&targetDay=2026-12-31');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      total: { judged: 2, mismatched: 2 },
      checks: [{ check: 'legal-representative', mismatched: 2 }],
      fields: [{ field: 'fullName', mismatches: 1 }],
      tabs: { unclaimed: 2 },
      forecast: { open: 2 },
    });
    expect(body['days']).toHaveLength(30);
    expect((await desk.get('/api/v1/dashboard?targetDay=2026-02-31')).body['code']).toBe('request-invalid');
  });

  it('refuses a cursor of another query', async () => {
    const { status, body } = await desk.get('/api/v1/queue?cursor=abc');
    expect([status, body['code']]).toEqual([400, 'cursor-invalid']);
  });
});
