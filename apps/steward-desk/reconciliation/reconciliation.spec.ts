import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordStream } from '#contracts/events';
import type { ReconciliationPage } from '#contracts/http';
import { enterprise, resident } from '#tests/support';
import { openDesk, type DeskScene } from '../testing/desk-scene.ts';
import { givenMismatch, representative, slip, type SeenMismatch } from '../testing/people.ts';

describe('the page of a reconciliation', () => {
  let desk: DeskScene;
  let mismatch: SeenMismatch;
  /** Names of those that candidates were sought for. */
  const sought: (string | undefined)[] = [];

  beforeAll(async () => {
    desk = await openDesk({
      deps: ({ hash }) => ({
        findCandidates: async ({ fullName }) => {
          sought.push(fullName);
          const stream = recordStream('resident', hash('residents', 'resident', '001080012345'));
          return [{ resident: { stream, version: 0 }, score: 0.93, for: ['fullName EQUAL'], against: [] }];
        },
      }),
    });
    mismatch = await givenMismatch(desk);
  });
  afterAll(() => desk.close());

  const page = async (path = mismatch.path): Promise<ReconciliationPage> => {
    const { status, body } = await desk.get(path);
    expect(status).toBe(200);
    return body as unknown as ReconciliationPage;
  };

  it('shows both sides as they were judged, field by field, with who owns each', async () => {
    const { phase, verdict, left, right, fields, proposedRegistry, dueAt } = await page();
    expect(phase).toBe('open');
    expect(verdict).toMatchObject({ id: mismatch.verdictId, outcome: 'MISMATCHED', rules: '2026-11-01' });
    expect(left).toMatchObject({ reference: { record: 'enterprise' }, judged: { key: '0100233488' }, isCurrent: true });
    expect(right).toMatchObject({ reference: { record: 'resident' }, judged: { key: '001080012345' } });
    expect(fields).toMatchObject([
      { field: 'fullName', verdict: 'SIMILAR', left: 'Nguyễn Văn Bính', right: 'Nguyễn Văn Bình' },
      { field: 'dateOfBirth', verdict: 'EQUAL', left: '1980-05-17', right: '1980-05-17' },
      { field: 'gender', verdict: 'EQUAL', authority: 'enterprise-registry', material: true },
    ]);
    expect([proposedRegistry, dueAt]).toEqual(['enterprise-registry', '2026-12-07T17:00:00.000Z']);
  });

  it('tells what happened, newest first, each with its cause', async () => {
    const { timeline, timelineCut } = await page();
    expect(timeline.map(({ type }) => type)).toEqual([
      'khop.reconciliation.mismatch-flagged.v1',
      'khop.reconciliation.business-registration-mismatched.v1',
    ]);
    expect(timeline[0]).toMatchObject({ actor: 'reconciler', causationId: expect.any(String) as unknown });
    expect(timelineCut).toBe(false);
  });

  it('shows what a side is now, where it has changed since the verdict', async () => {
    await desk.hub.record('enterprise', '0100233488', slip('Nguyễn Văn Bịnh'));
    const { left } = await page();
    expect(left).toMatchObject({ isCurrent: false, judged: { version: 0 }, current: { version: 1 } });
    await desk.catchUp();
  });

  it('names candidates where nobody was found', async () => {
    await desk.hub.record(
      'enterprise',
      '0314409058',
      enterprise({
        enterpriseCode: '0314409058',
        taxCode: '0314409058',
        representatives: [representative({ documentNumber: '001080054321' })],
      }),
    );
    await desk.catchUp();
    const { body } = await desk.get('/api/v1/queue?codes=NOT_FOUND&checks=legal-representative');
    const [item] = body['items'] as { reconciliation: string }[];
    const { candidates, right, fields } = await page(
      `/api/v1/reconciliations/legal-representative/${item?.reconciliation ?? ''}`,
    );
    expect(right).toBeNull();
    expect(fields[0]).toMatchObject({ field: 'fullName', verdict: null, right: null });
    expect(candidates).toMatchObject([{ score: 0.93, version: { key: '001080012345' } }]);
  });

  it('names them also where the identifier is no good, and seeks the person that was judged', async () => {
    const people = [representative(), representative({ fullName: 'Lê Thị Mận', documentNumber: '00108005432' })];
    const code = '0100233495';
    await desk.hub.record(
      'enterprise',
      code,
      enterprise({ enterpriseCode: code, taxCode: code, representatives: people }),
    );
    await desk.catchUp();
    const { body } = await desk.get('/api/v1/queue?codes=INVALID_ID&checks=legal-representative');
    const [item] = body['items'] as { reconciliation: string }[];
    const { candidates } = await page(`/api/v1/reconciliations/legal-representative/${item?.reconciliation ?? ''}`);
    expect(candidates).toHaveLength(1);
    expect(sought.at(-1)).toBe('Lê Thị Mận');
  });

  it('stays readable when it has ended', async () => {
    await desk.hub.record('enterprise', '0100233488', 'withdrawn');
    await desk.catchUp();
    expect(await page()).toMatchObject({ phase: 'ended', verdict: null, left: { judged: { version: 1 } }, steps: [] });
  });

  it('shows a record with its versions and what its checks say', async () => {
    await desk.hub.record('resident', '001080099999', resident({ personalId: '001080099999' }));
    const found = await desk.post('/api/v1/records/search', {
      body: { registry: 'enterprise-registry', record: 'enterprise', key: '0314409058' },
    });
    expect(found.body).toMatchObject({ registry: 'enterprise-registry', record: 'enterprise' });
    const { status, body } = await desk.get(
      `/api/v1/records/enterprise-registry/enterprise/${String(found.body['hash'])}`,
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      current: { version: 0, key: '0314409058' },
      versions: [{ version: 0 }],
      reconciliations: [
        { check: 'legal-representative', phase: 'open', codes: ['NOT_FOUND'] },
        { check: 'tax-registration', outcome: 'MISMATCHED' },
      ],
    });
  });

  it.each([
    ['a key that no record has', 'residents', 'resident', '001080000000'],
    ['a record that another registry keeps', 'residents', 'enterprise', '0314409058'],
  ])('finds nothing by %s', async (_, registry, record, key) => {
    const { status, body } = await desk.post('/api/v1/records/search', { body: { registry, record, key } });
    expect([status, body['code']]).toEqual([404, 'record-not-found']);
    expect(JSON.stringify(body)).not.toContain(key);
  });

  it.each([
    ['/api/v1/reconciliations/birth/00000000000000000000000000000000', 404, 'reconciliation-not-found'],
    ['/api/v1/reconciliations/birth/somebody', 400, 'request-invalid'],
    ['/api/v1/records/residents/resident/00000000000000000000000000000000', 404, 'record-not-found'],
  ])('answers %s with %i', async (path, status, code) => {
    const answer = await desk.get(path);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });
});
