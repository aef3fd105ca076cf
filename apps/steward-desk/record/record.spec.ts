import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordPage } from '#contracts/http';
import { resident } from '#tests/support';
import { openDesk, type DeskScene } from '../testing/desk-scene.ts';
import { slip } from '../testing/people.ts';

const SAME = { personalId: '001080012345', oldIdentityNumbers: ['012345678'] };

describe('the page of a record that others refer to', () => {
  let desk: DeskScene;

  beforeAll(async () => {
    desk = await openDesk();
    await desk.hub.record('resident', '001080012345', resident(SAME));
    await desk.hub.record('enterprise', '0100233488', slip());
    // The same person twice: same name, birth and parents under another number.
    await desk.hub.record('resident', '001080054329', resident({ ...SAME, personalId: '001080054329' }));
    await desk.catchUp();
  });
  afterAll(() => desk.close());

  const pageOf = async (record: 'resident' | 'enterprise', key: string): Promise<RecordPage> => {
    const registry = record === 'resident' ? 'residents' : 'enterprise-registry';
    const { body } = await desk.post('/api/v1/records/search', { body: { registry, record, key } });
    const page = await desk.get(`/api/v1/records/${registry}/${record}/${String(body['hash'])}`);
    expect(page.status).toBe(200);
    return page.body as unknown as RecordPage;
  };

  it.each([' 001080012345 ', '001 080 012 345', '001.080.012.345', '001080-012345'])('is found by %s', async (key) => {
    const body = { registry: 'residents', record: 'resident', key };
    expect((await desk.post('/api/v1/records/search', { body })).status).toBe(200);
  });

  it('lists the check in which it is the counterpart, with both sides, findings and what happened', async () => {
    const { reconciliations, reconciliationsCut, timeline } = await pageOf('resident', '001080012345');
    const check = reconciliations.find(({ side }) => side === 'right');
    expect(check).toMatchObject({
      check: 'legal-representative',
      outcome: 'MISMATCHED',
      left: { reference: { record: 'enterprise' }, key: '0100233488', version: 0 },
      right: { reference: { record: 'resident' }, key: '001080012345', version: 0 },
    });
    expect(check?.fields[0]).toMatchObject({
      field: 'fullName',
      verdict: 'SIMILAR',
      left: 'Nguyễn Văn Bính',
      right: 'Nguyễn Văn Bình',
    });
    expect(reconciliationsCut).toBe(false);
    const happened = timeline.filter(({ hash }) => hash === check?.hash).map(({ type }) => type);
    expect(happened).toEqual([
      'khop.reconciliation.mismatch-flagged.v1',
      'khop.reconciliation.business-registration-mismatched.v1',
    ]);
    expect(timeline.map(({ position }) => position)).toEqual(
      timeline.map(({ position }) => position).toSorted((a, b) => b - a),
    );
  });

  it('lists the pair in which it is the first, and in which it is the second', async () => {
    const pairOf = async (key: string) =>
      (await pageOf('resident', key)).reconciliations.find(({ check }) => check === 'duplicate');
    const [first, second] = [await pairOf('001080012345'), await pairOf('001080054329')];
    expect(first).toMatchObject({ side: 'left', right: { key: '001080054329' } });
    expect(second).toMatchObject({ side: 'right', left: { key: '001080012345' } });
    expect(second?.hash).toBe(first?.hash);
  });

  it('keeps a pair that was cleared', async () => {
    await desk.hub.record('resident', '001080054329', 'withdrawn');
    await desk.catchUp();
    const { reconciliations } = await pageOf('resident', '001080012345');
    expect(reconciliations).toContainEqual(expect.objectContaining({ check: 'duplicate', phase: 'ended' }));
  });

  it('says when there are more than are shown', async () => {
    const narrow = await openDesk({ settings: { maxOthersReconciliations: 1 } });
    await narrow.hub.record('resident', '001080012345', resident());
    await narrow.hub.record('enterprise', '0100233488', slip());
    await narrow.hub.record(
      'enterprise',
      '0100233489',
      slip(undefined, { personalId: '001080012345', enterpriseCode: '0100233489' }),
    );
    await narrow.catchUp();
    const { body } = await narrow.post('/api/v1/records/search', {
      body: { registry: 'residents', record: 'resident', key: '001080012345' },
    });
    const page = await narrow.get(`/api/v1/records/residents/resident/${String(body['hash'])}`);
    expect(page.body).toMatchObject({ reconciliations: [{ side: 'right' }], reconciliationsCut: true });
    await narrow.close();
  });
});
