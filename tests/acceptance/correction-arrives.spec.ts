import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Enterprise, Resident } from '#contracts/records';
import type { RecordedEvent } from '#libs/event-store/port';
import { act, enterprise, importInto, jsonl, logOf, openWorkshop, printed, resident } from '#tests/support';

/** Enterprises and the residents whom they name as their representatives. */
const BY_ITS_OWNER = { code: '0100233488', id: '001080000011' };
const FROM_THE_OTHER_SIDE = { code: '1700148490', id: '001080000012' };
const AT_WORK = { code: '0309532909', id: '001080000013' };
const SETTLED = { code: '0314409058', id: '001080000014' };
const SETTLED_THEN_RIGHT = { code: '1706328820', id: '001080000015' };
type Pair = typeof BY_ITS_OWNER;
const PAIRS = [BY_ITS_OWNER, FROM_THE_OTHER_SIDE, AT_WORK, SETTLED, SETTLED_THEN_RIGHT];

const RIGHT = 'Nguyễn Văn Bình';
const WRONG = 'Nguyễn Văn Binh';
const WRONG_OTHERWISE = 'Nguyễn Văn Bính';

const residentOf = ({ id }: Pair, other: Partial<Resident> = {}): Resident => resident({ personalId: id, ...other });
const enterpriseOf = ({ code, id }: Pair, fullName: string, other: Partial<Enterprise> = {}): Enterprise =>
  enterprise({
    enterpriseCode: code,
    taxCode: code,
    representatives: [{ fullName, dateOfBirth: '1980-05-17', documentNumber: id }],
    ...other,
  });

const JUDGED_WRONG = ['business-registration-mismatched', 'mismatch-flagged'];
const JUDGED_RIGHT = ['business-registration-matched', 'mismatch-cleared'];

describe('a mismatch', () => {
  const workshop = openWorkshop();
  const dataDir = workshop.at('data');
  const streams = new Map<Pair, string>();
  let log: readonly RecordedEvent[];

  /** Takes the records in as files, and reads the log anew. */
  async function arrive(enterprises: readonly Enterprise[], residents: readonly Resident[]): Promise<void> {
    const files = [
      enterprises.length === 0 ? [] : [workshop.file('enterprises.jsonl', jsonl(enterprises))],
      residents.length === 0 ? [] : [workshop.file('residents.jsonl', jsonl(residents))],
    ];
    await importInto(dataDir, ...files.flat());
    log = await logOf(dataDir);
  }
  const streamOf = (pair: Pair): string => streams.get(pair) ?? '';
  /** What happened to the reconciliation of a pair, in short. */
  const steps = (pair: Pair): readonly string[] =>
    log
      .filter(({ stream }) => stream === streamOf(pair))
      .map(({ type }) => type.replace('khop.reconciliation.', '').replace(/\.v\d+$/, ''));
  const isInQueue = async ({ code }: Pair): Promise<boolean> => {
    const filter = ['--check', 'legal-representative', '--text', code, '--json'];
    return (JSON.parse(await printed(dataDir, 'mismatches', ...filter)) as { total: number }).total === 1;
  };
  const settle = (pair: Pair) =>
    act(dataDir, streamOf(pair), (issued) => ({
      type: 'settle-mismatch',
      decision: 'accepted-difference',
      reason: 'Giấy tờ gốc ghi như vậy.',
      ...issued,
    }));

  beforeAll(async () => {
    await arrive(
      PAIRS.map((pair) => enterpriseOf(pair, pair === FROM_THE_OTHER_SIDE ? RIGHT : WRONG)),
      PAIRS.map((pair) => residentOf(pair, pair === FROM_THE_OTHER_SIDE ? { fullName: WRONG } : {})),
    );
    for (const pair of PAIRS) {
      const record = log.find(({ personal }) => personal?.['key'] === pair.code);
      const verdict = log.find(
        ({ type, data }) =>
          type.includes('business-registration') && JSON.stringify(data['left']).includes(record?.stream ?? '?'),
      );
      if (verdict !== undefined) streams.set(pair, verdict.stream);
    }
  }, 60_000);
  afterAll(() => workshop.remove());

  it('is flagged', async () => {
    expect(PAIRS.map(steps)).toEqual(PAIRS.map(() => JUDGED_WRONG));
    expect(await isInQueue(BY_ITS_OWNER)).toBe(true);
  });

  it('is cleared by the corrected value that arrives, from either side, and by nobody else', async () => {
    const asked = await act(dataDir, streamOf(AT_WORK), (issued) => ({ type: 'claim-mismatch', ...issued }));
    expect(asked).toMatchObject({ ok: true });
    const requested = await act(dataDir, streamOf(AT_WORK), (issued) => ({
      type: 'request-correction',
      fields: ['fullName'],
      ...issued,
    }));
    expect(requested).toMatchObject({ ok: true });

    await arrive(
      [enterpriseOf(BY_ITS_OWNER, RIGHT), enterpriseOf(AT_WORK, RIGHT)],
      [residentOf(FROM_THE_OTHER_SIDE, { fullName: RIGHT })],
    );
    expect(steps(BY_ITS_OWNER)).toEqual([...JUDGED_WRONG, ...JUDGED_RIGHT]);
    expect(steps(FROM_THE_OTHER_SIDE)).toEqual([...JUDGED_WRONG, ...JUDGED_RIGHT]);
    expect(steps(AT_WORK)).toEqual([...JUDGED_WRONG, 'mismatch-claimed', 'correction-requested', ...JUDGED_RIGHT]);
    const cleared = log.filter(({ type }) => type.includes('mismatch-cleared'));
    expect(cleared.map(({ actor }) => actor)).toEqual(['reconciler', 'reconciler', 'reconciler']);
    expect(await Promise.all([BY_ITS_OWNER, FROM_THE_OTHER_SIDE, AT_WORK].map(isInQueue))).toEqual([
      false,
      false,
      false,
    ]);
  }, 60_000);

  it('that is settled stays so while the judged values do, and comes back when one of them changes', async () => {
    expect(await settle(SETTLED)).toMatchObject({ ok: true });
    expect(await settle(SETTLED_THEN_RIGHT)).toMatchObject({ ok: true });
    const settled = [...JUDGED_WRONG, 'mismatch-settled'];

    await arrive(
      [enterpriseOf(SETTLED, WRONG, { name: 'CÔNG TY TNHH SƠN CA ĐỎ' })],
      [residentOf(SETTLED, { ethnicity: 'Tày', maritalStatus: 'MARRIED' })],
    );
    expect(steps(SETTLED)).toEqual(settled);
    expect(await isInQueue(SETTLED)).toBe(false);

    await arrive([enterpriseOf(SETTLED, WRONG_OTHERWISE), enterpriseOf(SETTLED_THEN_RIGHT, RIGHT)], []);
    expect(steps(SETTLED)).toEqual([...settled, 'business-registration-mismatched', 'mismatch-reopened']);
    expect(log.findLast(({ stream }) => stream === streamOf(SETTLED))?.data['why']).toBe('values-changed');
    expect(steps(SETTLED_THEN_RIGHT)).toEqual([...settled, 'business-registration-matched', 'mismatch-cleared']);
    expect(await isInQueue(SETTLED)).toBe(true);
    expect(await isInQueue(SETTLED_THEN_RIGHT)).toBe(false);
  }, 60_000);
});
