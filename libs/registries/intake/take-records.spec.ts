import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '#libs/platform';
import { definitionOf } from '../definitions/index.ts';
import { findQuarantined, listQuarantine } from '../quarantine/index.ts';
import { aResident, openIntakeBench, rowsOf, type IntakeBench } from './intake-fixtures.ts';
import {
  closeAbandonedIntakes,
  IntakeRun,
  resubmitQuarantined,
  takeRecords,
  type IntakeReport,
  type TakeRecordsOptions,
} from './index.ts';

const definition = definitionOf('resident');
const shortType = (type: string): string => type.replace(/^khop\.[a-z-]+\.|\.v1$/g, '');

describe('taking records in', () => {
  let bench: IntakeBench;
  beforeEach(async () => {
    bench = await openIntakeBench();
  });
  afterEach(() => bench.close());

  const take = (raws: readonly unknown[], options: Partial<TakeRecordsOptions> = {}): Promise<IntakeReport> =>
    takeRecords(
      bench.deps,
      { definition, source: { kind: 'file', fileName: 'residents.jsonl' }, ...options },
      rowsOf(...raws),
    );
  const types = async (): Promise<string[]> => (await bench.events()).map((event) => shortType(event.type));

  it('frames what it appends, and names no key in a stream', async () => {
    const report = await take([aResident()]);
    expect(report).toMatchObject({ read: 1, taken: 1, registered: 1, quarantined: 0 });
    expect(await types()).toEqual(['intake-started', 'resident-registered', 'intake-finished']);
    const [, event] = await bench.events();
    expect(event?.stream).toMatch(/^residents\.resident-[0-9a-f]{32}$/);
    expect(event?.data).toEqual({
      registry: 'residents',
      record: 'resident',
      intakeId: report.intakeId,
      source: { kind: 'file', line: 1 },
      late: false,
      withdrawn: false,
    });
    const contentHash = hash('sha256', canonicalJson(aResident()), 'hex');
    expect(event?.personal).toEqual({ key: '001080000001', contentHash, content: aResident() });
  });

  it('appends nothing but the frame the second time', async () => {
    const rows = [aResident(), aResident({ personalId: '001080000002' }), aResident({ fullName: 'Nguyễn Văn Mẫn' })];
    expect(await take(rows)).toMatchObject({ registered: 2, amended: 1 });
    expect(await take(rows)).toMatchObject({ taken: 0, unchanged: 2, seenBefore: 1 });
    expect(await take([...rows].reverse())).toMatchObject({ taken: 0, unchanged: 2, seenBefore: 1 });
    expect((await types()).filter((type) => type.startsWith('resident-'))).toHaveLength(3);
  });

  it('takes a changed record as amended, and brings a withdrawn one back', async () => {
    await take([aResident()]);
    await take([{ personalId: '001080000001', withdrawn: true, updatedAt: '2026-02-01T00:00:00Z' }]);
    await take([aResident({ updatedAt: '2026-03-01T00:00:00Z' })]);
    expect((await types()).filter((type) => type.startsWith('resident-'))).toEqual([
      'resident-registered',
      'resident-withdrawn',
      'resident-amended',
    ]);
  });

  it('keeps an older version that comes late in the history, marked as late', async () => {
    await take([aResident({ updatedAt: '2026-03-01T07:00:00+07:00' })]);
    const report = await take([aResident({ fullName: 'Nguyễn Văn Cũ', updatedAt: '2026-02-28T23:59:59Z' })]);
    expect(report).toMatchObject({ taken: 1, late: 1, amended: 0 });
    expect((await bench.events()).find((event) => event.data['late'] === true)?.type).toContain('resident-amended');
  });

  it('puts what can not be taken into quarantine, once, and takes the good rows around it', async () => {
    const bad = aResident({ gender: 'Nàm?', dateOfBirth: '31/02/1980' });
    const report = await take([aResident(), bad, 'broken', aResident({ personalId: '001080000009' })]);
    expect(report).toMatchObject({ registered: 2, quarantined: 2 });
    expect(report.rejections[0]).toMatchObject({
      line: 2,
      reasons: [
        { field: 'dateOfBirth', code: 'date-impossible', shape: 'text of 10 (99/99/9999)' },
        { field: 'gender', code: 'unknown-spelling', shape: 'text of 4' },
      ],
    });
    expect(JSON.stringify(report.rejections)).not.toContain('1980');
    await take([bad]);
    expect((await types()).filter((type) => type === 'record-quarantined')).toHaveLength(2);
  });

  it('writes rejected rows to a file that can be fixed and taken in again, which settles them', async () => {
    const rejectedFile = join(bench.directory, 'rejected.jsonl');
    await take([aResident({ gender: '?' })], { rejectedFile });
    const row = JSON.parse(readFileSync(rejectedFile, 'utf8')) as Record<string, unknown>;
    expect(row).toMatchObject({ gender: '?', _rejected: { line: 1, reasons: [expect.stringContaining('gender')] } });

    const again = await take([row]);
    expect(again).toMatchObject({ taken: 0, quarantined: 1, unknownFields: new Map() });
    expect((await listQuarantine(bench.deps.store)).items).toHaveLength(1);

    await take([{ ...row, gender: 'Nam' }]);
    expect((await listQuarantine(bench.deps.store)).items).toHaveLength(0);
    const [item] = (await listQuarantine(bench.deps.store, { includeResolved: true })).items;
    expect(item).toMatchObject({ state: 'resolved', registry: 'residents', record: 'resident', line: 1 });
  });

  it('takes a row out of quarantine when it is resubmitted fixed, and keeps it when it is not', async () => {
    const { rejections } = await take([aResident({ status: 'Sống?', gender: 'x' })]);
    const id = rejections[0]?.quarantineId ?? '';
    expect(await resubmitQuarantined(bench.deps, id, { row: aResident({ gender: 'x' }) })).toMatchObject({
      ok: false,
      code: 'still-rejected',
      reasons: [{ field: 'gender' }],
    });
    expect(await findQuarantined(bench.deps.store, id)).toMatchObject({ state: 'open', failedResubmissions: 1 });
    expect(await resubmitQuarantined(bench.deps, id, { row: aResident() })).toMatchObject({ ok: true });
    expect(await resubmitQuarantined(bench.deps, id)).toMatchObject({ ok: false, code: 'resolved-already' });
    const taken = (await bench.events()).find((event) => event.type.includes('resident-registered'));
    expect(taken?.data['source']).toEqual({ kind: 'resubmission', quarantineId: id });
  });

  it('names the records that have vanished from a snapshot', async () => {
    const ids = ['001080000001', '001080000002', '001080000003', '001080000004'];
    await take(ids.map((personalId) => aResident({ personalId })));
    await take([{ personalId: ids[3], withdrawn: true }]);
    const vanishedFile = join(bench.directory, 'vanished.txt');
    const rows = [aResident({ personalId: ids[0] }), aResident({ personalId: ids[1], gender: 'not one' })];
    const report = await take(rows, { snapshot: true, vanishedFile });
    expect(report.vanished).toEqual({ count: 1, file: vanishedFile });
    expect(readFileSync(vanishedFile, 'utf8')).toBe(`${ids[2]}\n`);
  });

  it('appends nothing in a dry run, and reports what it would do', async () => {
    await take([aResident()]);
    const head = await bench.deps.store.head();
    const rows = [
      aResident(),
      aResident({ fullName: 'Nguyễn Văn Khác' }),
      aResident({ personalId: '001080000002' }),
      {},
    ];
    const report = await take(rows, { dryRun: true });
    expect(report).toMatchObject({ dryRun: true, read: 4, registered: 1, amended: 1, unchanged: 1, quarantined: 1 });
    expect(await bench.deps.store.head()).toBe(head);
  });

  it('closes the intake as failed when its rows end in an error, and keeps what was taken', async () => {
    async function* rows() {
      yield [{ line: 1, raw: aResident() }];
      throw new Error('disk gone');
    }
    await expect(
      takeRecords(
        bench.deps,
        { definition, source: { kind: 'file', fileName: 'residents.jsonl' }, batchSize: 1 },
        rows(),
      ),
    ).rejects.toThrow('disk gone');
    expect(await types()).toEqual(['intake-started', 'resident-registered', 'intake-finished']);
    expect((await bench.events()).at(-1)?.data['outcome']).toBe('failed');
  });

  it('closes an intake whose process died, and leaves a living one alone', async () => {
    const options = { definition, source: { kind: 'feed' } } as const;
    const dead = await IntakeRun.start(bench.deps, options);
    const alive = await IntakeRun.start(bench.deps, options);
    const closed = await closeAbandonedIntakes(bench.deps, ({ intakeId }) => intakeId === alive.intakeId);
    expect(closed).toEqual([dead.intakeId]);
    expect(await closeAbandonedIntakes(bench.deps, ({ intakeId }) => intakeId === alive.intakeId)).toEqual([]);
  });

  it('refuses a record that is larger than the log takes, and takes the other rows of its key', async () => {
    const person = { fullName: 'Ễ'.repeat(2000), nationality: 'Ễ'.repeat(2000), documentNumber: 'Ễ'.repeat(2000) };
    const enterprise = {
      enterpriseCode: '0100233488',
      name: 'CÔNG TY MẪU',
      type: 'JOINT_STOCK',
      status: 'ACTIVE',
      representatives: [{ fullName: 'Nguyễn Văn Mẫu' }],
    };
    const report = await take([enterprise, { ...enterprise, representatives: Array(180).fill(person) }], {
      definition: definitionOf('enterprise'),
    });
    expect(report).toMatchObject({ registered: 1, quarantined: 1 });
    expect(report.rejections[0]?.reasons).toEqual([{ field: '(row)', code: 'too-large' }]);
  });
});
