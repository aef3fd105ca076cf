import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { IntakeFinished, IntakeStarted, RecordSuspended } from '#contracts/events';
import type { Verdict } from '#contracts/verdicts';
import { enterprise, openSmallHub, resident, taxpayer, type SmallHub } from '#tests/support';

const BINH = '001080012345';
const SON_CA = '0100233488';

describe('linker', () => {
  let hub: SmallHub;
  beforeEach(async () => {
    hub = await openSmallHub();
  });
  afterEach(() => hub.close());

  const of = async (check: Verdict['check']): Promise<readonly Verdict[]> =>
    (await hub.verdicts()).filter((verdict) => verdict.check === check);
  const codes = async (check: Verdict['check']) => (await of(check)).map((verdict) => verdict.codes.join(' '));
  const intake = (step: typeof IntakeStarted | typeof IntakeFinished, id = 'i1') =>
    hub.append(`intake-${id}`, {
      type: step.type,
      data: { intakeId: id, registry: 'residents', record: 'resident', source: 'file', snapshot: false },
    });

  it('judges a representative against the resident that the document number names', async () => {
    await hub.record('resident', BINH, resident());
    await hub.record('enterprise', SON_CA, enterprise());
    await hub.catchUp();
    expect(await of('legal-representative')).toMatchObject([{ outcome: 'MATCHED', right: { version: 0 } }]);
  });

  it('judges again from the other side: when a resident is amended, whoever points there is judged again', async () => {
    await hub.record('enterprise', SON_CA, enterprise());
    await hub.record('resident', BINH, resident());
    await hub.catchUp();
    await hub.record('resident', BINH, resident({ fullName: 'Nguyễn Văn Bính' }));
    await hub.catchUp();
    expect(await of('legal-representative')).toMatchObject([
      {
        outcome: 'MISMATCHED',
        codes: ['FIELD_MISMATCH'],
        findings: [{ field: 'fullName', verdict: 'SIMILAR', why: 'DIACRITICS' }],
      },
    ]);
  });

  it('judges those who mention a record in slices, where there are very many, and leaves none out', async () => {
    await hub.close();
    hub = await openSmallHub({ settings: { maxMentionsAtOnce: 3, sliceRecords: 2 } });
    for (let number = 1; number <= 9; number += 1) {
      const enterpriseCode = `010023348${number}`;
      await hub.record('enterprise', enterpriseCode, enterprise({ enterpriseCode, taxCode: enterpriseCode }));
    }
    await hub.catchUp();
    expect(new Set(await codes('legal-representative'))).toEqual(new Set(['NOT_FOUND']));
    await hub.record('resident', BINH, resident());
    await hub.catchUp();
    expect(await of('legal-representative')).toHaveLength(9);
    expect((await of('legal-representative')).every(({ outcome }) => outcome === 'MATCHED')).toBe(true);
    expect(hub.index.due.heldItems(1)).toEqual([]);
  });

  it('clears a mismatch by the corrected value itself', async () => {
    await hub.record('resident', BINH, resident());
    await hub.record(
      'enterprise',
      SON_CA,
      enterprise({ representatives: [{ fullName: 'Nguyễn Văn Binh', documentNumber: BINH }] }),
    );
    await hub.catchUp();
    await hub.record('enterprise', SON_CA, enterprise());
    await hub.catchUp();
    const names = (await hub.events())
      .filter(({ stream, type }) => stream.includes('legal-representative') && type.includes('mismatch-'))
      .map((event) => event.type);
    expect(names).toEqual(['khop.reconciliation.mismatch-flagged.v1', 'khop.reconciliation.mismatch-cleared.v1']);
    expect(await codes('legal-representative')).toEqual(['']);
  });

  it('appends nothing when a new version changes nothing that is judged', async () => {
    await hub.record('resident', BINH, resident());
    await hub.record('enterprise', SON_CA, enterprise());
    await hub.catchUp();
    const before = (await hub.events()).length;
    await hub.record('resident', BINH, resident({ ethnicity: 'Kinh' }));
    await hub.catchUp();
    expect((await hub.events()).length).toBe(before + 1);
  });

  it('holds absence back while an intake runs: enterprises before residents leave no false flag', async () => {
    await intake(IntakeStarted);
    await hub.record('enterprise', SON_CA, enterprise());
    await hub.record('taxpayer', SON_CA, taxpayer());
    await hub.catchUp(1);
    expect(await of('legal-representative')).toEqual([]);
    await hub.record('resident', BINH, resident());
    await intake(IntakeFinished);
    await hub.catchUp(1);
    expect((await hub.events()).filter((event) => event.type.includes('mismatch-flagged'))).toEqual([]);
    expect(await codes('legal-representative')).toEqual(['']);
  });

  it('says not found once no intake runs any more', async () => {
    await intake(IntakeStarted);
    await intake(IntakeStarted, 'i2');
    await hub.record('enterprise', SON_CA, enterprise());
    await intake(IntakeFinished);
    await hub.catchUp();
    expect(await codes('legal-representative')).toEqual([]);
    await intake(IntakeFinished, 'i2');
    await hub.catchUp();
    expect(await codes('legal-representative')).toEqual(['NOT_FOUND']);
  });

  it('waits for an intake only for a bounded time', async () => {
    let now = Date.parse('2026-11-22T00:00:00Z');
    const slow = await openSmallHub({ now: () => now, settings: { absenceHoldMinutes: 10 } });
    const recordedAt = Date.now();
    await slow.append('intake-i1', { type: IntakeStarted.type, data: { intakeId: 'i1' } });
    await slow.record('enterprise', SON_CA, enterprise());
    now = recordedAt;
    await slow.catchUp();
    expect(await slow.verdicts()).toMatchObject([]);
    now = recordedAt + 11 * 60_000;
    await slow.catchUp();
    expect((await slow.verdicts()).map((verdict) => verdict.codes.join())).toContain('NOT_FOUND');
    await slow.close();
  });

  it('finds by a former personal ID: ID_SUPERSEDED', async () => {
    await hub.record(
      'resident',
      '001080099999',
      resident({ personalId: '001080099999', formerIds: [{ type: 'PERSONAL_ID', value: BINH }] }),
    );
    await hub.record('enterprise', SON_CA, enterprise());
    await hub.catchUp();
    expect(await codes('legal-representative')).toEqual(['ID_SUPERSEDED']);
  });

  it('chooses nobody where a CMND9 leads to two residents', async () => {
    const cmnd9 = [{ type: 'CMND9' as const, value: '012345678' }];
    await hub.record('resident', BINH, resident({ formerIds: cmnd9 }));
    await hub.record(
      'enterprise',
      SON_CA,
      enterprise({ representatives: [{ fullName: 'Nguyễn Văn Bình', documentNumber: '012345678' }] }),
    );
    await hub.catchUp();
    expect(await codes('legal-representative')).toEqual(['CMND9_ONLY']);
    await hub.record(
      'resident',
      '001080000001',
      resident({ personalId: '001080000001', fullName: 'Lê Thị Mận', formerIds: cmnd9 }),
    );
    await hub.catchUp();
    expect(await codes('legal-representative')).toEqual(['DUPLICATE_SUSPECT']);
    expect(await codes('duplicate')).toEqual(['DUPLICATE_SUSPECT']);
  });

  it('takes a withdrawn counterpart as not found, and brings it back', async () => {
    await hub.record('resident', BINH, resident());
    await hub.record('enterprise', SON_CA, enterprise());
    await hub.record('resident', BINH, 'withdrawn');
    await hub.catchUp();
    expect(await codes('legal-representative')).toEqual(['NOT_FOUND']);
    await hub.record('resident', BINH, resident());
    await hub.catchUp();
    expect(await codes('legal-representative')).toEqual(['']);
  });

  it('ends the reconciliations of a withdrawn record, and of a person who left it', async () => {
    await hub.record('resident', BINH, resident());
    await hub.record('enterprise', SON_CA, enterprise());
    await hub.catchUp();
    await hub.record(
      'enterprise',
      SON_CA,
      enterprise({ representatives: [{ fullName: 'Lê Thị Mận', documentNumber: '001180000002' }] }),
    );
    await hub.catchUp();
    expect(await codes('legal-representative')).toEqual(['NOT_FOUND']);
    await hub.record('enterprise', SON_CA, 'withdrawn');
    await hub.catchUp();
    expect(await hub.verdicts()).toEqual([]);
  });

  it('gives a taxpayer whose enterprise exists no line of its own', async () => {
    await hub.record('taxpayer', SON_CA, taxpayer());
    await hub.catchUp();
    expect(await codes('tax-registration')).toEqual(['NOT_FOUND']);
    await hub.record('enterprise', SON_CA, enterprise());
    await hub.catchUp();
    expect(await of('tax-registration')).toMatchObject([
      { outcome: 'MATCHED', left: { stream: expect.stringContaining('enterprise-registry') } },
    ]);
  });

  it('suspects two residents of being one, and clears the pair when they differ', async () => {
    await hub.record('resident', BINH, resident());
    await hub.record('resident', '001080000001', resident({ personalId: '001080000001', fullName: 'NGUYỄN VĂN BÌNH' }));
    await hub.catchUp();
    expect(await of('duplicate')).toMatchObject([{ outcome: 'MISMATCHED', codes: ['DUPLICATE_SUSPECT'] }]);
    await hub.record('resident', BINH, resident({ fullName: 'Nguyễn Văn Minh' }));
    await hub.catchUp();
    expect(await of('duplicate')).toEqual([]);
  });

  it('makes no pairs of a number that more than twenty hold, and reports it once', async () => {
    const person = (n: number) =>
      resident({
        personalId: `0010800001${String(n).padStart(2, '0')}`,
        fullName: `Lê Văn Số ${n}`,
        formerIds: [{ type: 'CMND9', value: '000000000' }],
      });
    for (let n = 1; n <= 3; n += 1) await hub.record('resident', person(n).personalId, person(n));
    await hub.catchUp();
    expect(await of('duplicate')).toHaveLength(3);
    for (let n = 4; n <= 22; n += 1) await hub.record('resident', person(n).personalId, person(n));
    await hub.catchUp(3);
    expect(await of('duplicate')).toEqual([]);
    expect((await hub.events()).filter((event) => event.type.includes('placeholder-number-found'))).toHaveLength(1);
    for (const n of [21, 22]) await hub.record('resident', person(n).personalId, 'withdrawn');
    await hub.catchUp();
    expect(await of('duplicate')).toHaveLength((20 * 19) / 2);
  });

  it('ignores a late older version', async () => {
    await hub.record('resident', BINH, resident());
    await hub.record('enterprise', SON_CA, enterprise());
    await hub.record('resident', BINH, resident({ fullName: 'Nguyễn Văn Cũ' }), { late: true });
    await hub.catchUp();
    expect(await codes('legal-representative')).toEqual(['']);
  });

  it('suspends a record that it cannot fold and holds what touches it, until a good version comes', async () => {
    await hub.record('enterprise', SON_CA, enterprise());
    await hub.record('resident', BINH, resident());
    await hub.catchUp();
    const stream = (await of('legal-representative'))[0]?.right?.stream ?? '';
    await hub.append(stream, { type: 'khop.residents.resident-amended.v1', data: {} });
    await hub.record(
      'enterprise',
      SON_CA,
      enterprise({ representatives: [{ fullName: 'Khác Hẳn', documentNumber: BINH }] }),
    );
    await hub.catchUp();
    expect((await hub.events()).map((event) => event.type)).toContain(RecordSuspended.type);
    expect(await codes('legal-representative')).toEqual(['']);
    await hub.record('resident', BINH, resident({ ethnicity: 'Kinh' }));
    await hub.catchUp();
    expect(await codes('legal-representative')).toEqual(['FIELD_MISMATCH']);
  });

  it('folds the index anew when its file is gone, and says nothing twice', async () => {
    await hub.record('enterprise', SON_CA, enterprise());
    await hub.record('resident', BINH, resident());
    await hub.catchUp();
    const before = (await hub.events()).length;
    hub.index.clear();
    await hub.catchUp();
    expect((await hub.events()).length).toBe(before);
  });

  it('folds the index anew without judging again, and keeps what is held', async () => {
    await hub.record('resident', BINH, resident());
    await hub.record('enterprise', SON_CA, enterprise());
    await intake(IntakeStarted);
    await hub.record('taxpayer', '0309532909', taxpayer({ taxCode: '0309532909', enterpriseCode: '0309532909' }));
    await hub.catchUp();
    const before = (await hub.events()).length;
    hub.index.startAnew();
    await hub.catchUp();
    expect((await hub.events()).length).toBe(before);
    await hub.record('resident', BINH, resident({ fullName: 'Nguyễn Văn Minh' }));
    await intake(IntakeFinished);
    await hub.catchUp();
    expect(await codes('legal-representative')).toEqual(['FIELD_MISMATCH']);
    expect(await codes('tax-registration')).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  });
});
