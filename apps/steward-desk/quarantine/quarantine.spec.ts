import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/platform';
import { definitionOf } from '#libs/registries/definitions';
import { takeRecords, type Row } from '#libs/registries/intake';
import { resident } from '#tests/support';
import { openDesk, type DeskScene } from '../testing/desk-scene.ts';

describe('quarantine', () => {
  let desk: DeskScene;
  const row = { ...resident(), gender: 'HERMIT' };

  async function* rows(): AsyncGenerator<readonly Row[]> {
    yield [{ line: 7, raw: row }];
  }

  beforeAll(async () => {
    desk = await openDesk();
    const { store, hash, clock } = desk.deps;
    const source = { kind: 'file', fileName: 'residents.jsonl' } as const;
    await takeRecords({ store, hash, clock, newId }, { definition: definitionOf('resident'), source }, rows());
  });
  afterAll(() => desk.close());

  const first = async (): Promise<string> => {
    const { body } = await desk.get('/api/v1/quarantine?includeResolved=true');
    return (body['items'] as { quarantineId: string }[])[0]?.quarantineId ?? '';
  };

  it('lists what could not be taken in with its reasons, without the rows', async () => {
    const { status, body } = await desk.get('/api/v1/quarantine?registry=residents');
    expect(status).toBe(200);
    expect(body).toMatchObject({ end: true, items: [{ record: 'resident', line: 7, reasons: [{ field: 'gender' }] }] });
    expect(JSON.stringify(body)).not.toMatch(/HERMIT|Bình/);
    expect((await desk.get('/api/v1/quarantine?registry=tax-office')).body).toMatchObject({ items: [] });
  });

  it('shows one row as it stands', async () => {
    const { body } = await desk.get(`/api/v1/quarantine/${await first()}`);
    expect(body).toMatchObject({ fileName: 'residents.jsonl', row });
  });

  it('keeps a row that is still wrong, names what is, and takes it in once it is fixed', async () => {
    const path = `/api/v1/quarantine/${await first()}/resubmit`;
    const wrong = await desk.post(path, { actor: 'Lan', body: { row: { ...row, dateOfBirth: '31/02/1980' } } });
    expect(wrong.status).toBe(422);
    expect(wrong.body).toMatchObject({ code: 'row-still-rejected' });
    expect(JSON.stringify(wrong.body)).not.toContain('31/02');

    const fixed = await desk.post(path, { actor: 'Lan', body: { row: { ...row, gender: 'MALE' } } });
    expect(fixed.status).toBe(200);
    expect((await desk.get('/api/v1/quarantine')).body).toMatchObject({ items: [] });
    const again = await desk.post(path, { actor: 'Lan', body: {} });
    expect([again.status, again.body['code']]).toEqual([409, 'quarantine-resolved-already']);
  });

  it.each([
    ['get', 404, 'quarantine-item-not-found'],
    ['resubmit', 404, 'quarantine-item-not-found'],
  ])('has nothing under an id that there is not (%s)', async (what, status, code) => {
    const path = `/api/v1/quarantine/${'0'.repeat(32)}`;
    const answer =
      what === 'get' ? await desk.get(path) : await desk.post(`${path}/resubmit`, { actor: 'Lan', body: {} });
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });

  it('needs someone who acts', async () => {
    const { body } = await desk.post(`/api/v1/quarantine/${await first()}/resubmit`, { body: {} });
    expect(body['code']).toBe('actor-missing');
  });
});
