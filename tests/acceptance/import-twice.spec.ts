import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AbsenceHeld, AbsenceReleased, IntakeFinished, IntakeStarted } from '#contracts/events';
import { aProvince, importInto, jsonl, logOf, openWorkshop, resident, verdictsOf } from '#tests/support';

const RESIDENTS = 900;

describe('the same files imported twice', () => {
  const workshop = openWorkshop();
  const dataDir = workshop.at('data');
  let files: readonly string[];
  let first: Awaited<ReturnType<typeof importInto>>;
  let verdicts: string;

  beforeAll(async () => {
    const province = await aProvince(workshop.at('province'), RESIDENTS);
    files = [...Object.values(province), workshop.file('resident.jsonl', rowsWithEveryFate())];
    first = await importInto(dataDir, ...files);
    verdicts = await verdictsOf(dataDir);
  });
  afterAll(() => workshop.remove());

  it('are taken in the first time, and what can’t be taken is in quarantine', () => {
    const rows = first.reduce((sum, { read }) => sum + read, 0);
    expect(rows).toBeGreaterThan(1_500);
    expect(first.slice(0, -1).map(({ read, taken }) => read - taken)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(first.at(-1)).toMatchObject({ read: 10, taken: 5, unchanged: 1, quarantined: 4 });
  });

  it('append no record event and no verdict: only the frame of the intakes', async () => {
    const head = (await logOf(dataDir)).length;
    const again = await importInto(dataDir, ...files);

    const appended = (await logOf(dataDir)).slice(head).map(({ type }) => type);
    const frames = files.flatMap(() => [IntakeStarted.type, IntakeFinished.type]);
    expect(appended).toEqual([AbsenceHeld.type, ...frames, AbsenceReleased.type]);
    expect(again.map(({ read, taken, quarantined }) => [read, taken, quarantined])).toEqual(
      first.map(({ read, quarantined }) => [read, 0, quarantined]),
    );
    expect(again.at(-1)).toMatchObject({ unchanged: 3, seenBefore: 3 });
    expect(await verdictsOf(dataDir)).toBe(verdicts);
  });

  it('append nothing either when the same records come in another format', async () => {
    const head = (await logOf(dataDir)).length;
    const file = workshop.file('residents.csv', `${BINH_AS_CSV.join('\n')}\n`);
    const [outcome] = await importInto(dataDir, file);
    expect(outcome).toMatchObject({ read: 1, taken: 0, unchanged: 1 });
    expect((await logOf(dataDir)).length - head).toBe(4);
  });
});

const BINH = resident({ personalId: '001080900001' });
const BINH_AS_CSV = [
  'Số CCCD;Họ và tên;Ngày sinh;Giới tính;Quốc tịch;Tình trạng hôn nhân;status;mother.fullName;father.fullName;permanentAddress.wardCode;permanentAddress.provinceCode',
  '001080900001;Nguyễn Văn Bình;17/05/1980;Nam;Việt Nam;SINGLE;ALIVE;Trần Thị Lụa;Nguyễn Văn Thóc;00004;01',
];

/** A row that is new, one that is repeated, amendments, a late version, and four that can't be taken. */
function rowsWithEveryFate(): string {
  const lua = resident({ personalId: '001180900002', fullName: 'Trần Thị Lụa', gender: 'FEMALE' });
  return [
    jsonl([
      BINH,
      { ...BINH },
      { ...lua, fullName: 'Trần Thị Lúa' },
      lua,
      { ...lua, updatedAt: '2026-01-01T08:00:00+07:00' },
      { ...lua, fullName: 'Trần Lụa', updatedAt: '2025-01-01T08:00:00+07:00' },
      { ...BINH, personalId: '12' },
      { ...BINH, personalId: '001080900003', dateOfBirth: '1980-02-30' },
      { fullName: 'Lê Văn Khuyết' },
    ]),
    '{"personalId":"001080900004","fullName":"Lê Văn',
  ].join('');
}
