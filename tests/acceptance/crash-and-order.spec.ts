import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { IntakeFinished, IntakeStarted } from '#contracts/events';
import type { RecordContents, RecordType } from '#contracts/records';
import { enterprise, openSmallHub, resident, taxpayer, type SmallHub } from '#tests/support';

/** A change of a record, as its registry has it. */
interface Change {
  readonly type: RecordType;
  readonly key: string;
  readonly content: RecordContents[RecordType] | 'withdrawn';
}

const IDS = ['001080012345', '001080012346'];
const CODES = ['0100233488', '0312345678'];
const NAMES = ['Nguyễn Văn Bình', 'Nguyễn Văn Binh', 'Trần Thị Lụa'];

const id = fc.constantFrom(...IDS);
const code = fc.constantFrom(...CODES);
const name = fc.constantFrom(...NAMES);
const withdrawals = (type: RecordType, key: fc.Arbitrary<string>): fc.Arbitrary<Change> =>
  key.map((which) => ({ type, key: which, content: 'withdrawn' as const }));

const change: fc.Arbitrary<Change> = fc.oneof(
  fc
    .record({ key: id, fullName: name, former: fc.option(id), cmnd9: fc.boolean() })
    .map(({ key, fullName, former, cmnd9 }) => ({
      type: 'resident' as const,
      key,
      content: resident({
        personalId: key,
        fullName,
        formerIds: [
          ...(former === null || former === key ? [] : [{ type: 'PERSONAL_ID' as const, value: former }]),
          ...(cmnd9 ? [{ type: 'CMND9' as const, value: '012345678' }] : []),
        ],
      }),
    })),
  fc
    .record({ key: code, fullName: name, documentNumber: fc.constantFrom(...IDS, '012345678', '12') })
    .map(({ key, fullName, documentNumber }) => ({
      type: 'enterprise' as const,
      key,
      content: enterprise({ enterpriseCode: key, taxCode: key, representatives: [{ fullName, documentNumber }] }),
    })),
  fc.record({ key: code, status: fc.constantFrom('00' as const, '01' as const) }).map(({ key, status }) => ({
    type: 'taxpayer' as const,
    key,
    content: taxpayer({ taxCode: key, enterpriseCode: key, status }),
  })),
  withdrawals('resident', id),
  withdrawals('enterprise', code),
);

/** What can be seen of the verdicts from outside: not when they were given, and not in which steps. */
async function seen(hub: SmallHub): Promise<readonly string[]> {
  const verdicts = await hub.verdicts();
  return verdicts
    .map(({ check, outcome, codes, findings, left, right }) =>
      JSON.stringify([check, left.stream, right?.stream ?? null, outcome, codes, findings]),
    )
    .sort();
}

const take = (hub: SmallHub, { type, key, content }: Change): Promise<void> => hub.record(type, key, content);

describe('a crash at any point of append, index and checkpoint', () => {
  it('ends in the same verdicts as no crash', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat({ max: 12 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        async (changes, crashAfterSteps, pageEvents, oneByOne) => {
          const calm = await openSmallHub();
          for (const one of changes) await take(calm, one);
          await calm.catchUp();
          const expected = await seen(calm);
          await calm.close();

          const crashes = [...crashAfterSteps];
          let steps = crashes.shift();
          const rough = await openSmallHub({
            onStep: () => {
              if (steps === undefined) return;
              if (steps === 0) {
                steps = crashes.shift();
                throw new CrashError();
              }
              steps -= 1;
            },
          });
          const catchUp = async (): Promise<void> => {
            for (;;) {
              try {
                await rough.catchUp(pageEvents);
                return;
              } catch (error) {
                if (!(error instanceof CrashError)) throw error;
              }
            }
          };
          for (const one of changes) {
            await take(rough, one);
            if (oneByOne) await catchUp();
          }
          await catchUp();
          expect(await seen(rough)).toEqual(expected);
          await rough.close();
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);
});

describe('records in any order', () => {
  const records: readonly Change[] = [
    {
      type: 'resident',
      key: '001080012345',
      content: resident({ formerIds: [{ type: 'CMND9', value: '012345678' }] }),
    },
    {
      type: 'resident',
      key: '001080012346',
      content: resident({ personalId: '001080012346', fullName: 'NGUYỄN VĂN BÌNH' }),
    },
    {
      type: 'resident',
      key: '001080012347',
      content: resident({ personalId: '001080012347', formerIds: [{ type: 'PERSONAL_ID', value: '001080000000' }] }),
    },
    { type: 'enterprise', key: '0100233488', content: enterprise() },
    {
      type: 'enterprise',
      key: '0312345678',
      content: enterprise({
        enterpriseCode: '0312345678',
        taxCode: '0100233488',
        representatives: [
          { fullName: 'Nguyễn Văn Bình', documentNumber: '012345678' },
          { fullName: 'Lê Thị Mận', documentNumber: '001080000000' },
        ],
      }),
    },
    { type: 'taxpayer', key: '0100233488', content: taxpayer() },
    { type: 'taxpayer', key: '0309532909', content: taxpayer({ taxCode: '0309532909', enterpriseCode: '0309532909' }) },
  ];

  it('give the same verdicts, and absence leaves no false flag in the history', async () => {
    const givenIn = async (
      order: readonly Change[],
      pageEvents: number,
    ): Promise<{ verdicts: readonly string[]; flags: number }> => {
      const hub = await openSmallHub();
      await hub.append('intake-all', { type: IntakeStarted.type, data: { intakeId: 'all' } });
      for (const one of order) {
        await take(hub, one);
        await hub.catchUp(pageEvents);
      }
      await hub.append('intake-all', { type: IntakeFinished.type, data: { intakeId: 'all' } });
      await hub.catchUp(pageEvents);
      const verdicts = await seen(hub);
      const flags = (await hub.events()).filter(({ type }) => type.includes('mismatch-flagged')).length;
      await hub.close();
      return { verdicts, flags };
    };
    const expected = await givenIn(records, 100);
    expect(expected.verdicts).not.toEqual([]);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...records], { minLength: records.length }),
        fc.integer({ min: 1, max: 9 }),
        async (order, pageEvents) => {
          const given = await givenIn(order, pageEvents);
          expect(given).toEqual(expected);
        },
      ),
      { numRuns: 15 },
    );
  }, 60_000);
});

class CrashError extends Error {}
