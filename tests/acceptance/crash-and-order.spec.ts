import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { IntakeFinished, IntakeStarted, RULES_STREAM, RulesActivated } from '#contracts/events';
import {
  change,
  enterprise,
  openSmallHub,
  resident,
  seenVerdicts,
  take,
  taxpayer,
  type Change,
  type SmallHub,
} from '#tests/support';

/** What may happen before or after a crash: a record changes, or rules are activated. */
type Step = Change | 'rules-activated';
const step: fc.Arbitrary<Step> = fc.oneof({ weight: 5, arbitrary: change }, fc.constant('rules-activated' as const));

async function happens(hub: SmallHub, one: Step): Promise<void> {
  if (one === 'rules-activated') await hub.append(RULES_STREAM, { type: RulesActivated.type, data: {} });
  else await take(hub, one);
}

describe('a crash at any point of append, index and checkpoint', () => {
  it('ends in the same verdicts as no crash', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat({ max: 12 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        async (changes, crashAfterSteps, pageEvents, oneByOne) => {
          const calm = await openSmallHub();
          for (const one of changes) await happens(calm, one);
          await calm.catchUp();
          const expected = await seenVerdicts(calm);
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
            await happens(rough, one);
            if (oneByOne) await catchUp();
          }
          await catchUp();
          expect(await seenVerdicts(rough)).toEqual(expected);
          expect(await outOfOrder(rough)).toEqual([]);
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
      const verdicts = await seenVerdicts(hub);
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

/** Events of reconciliations that were judged as of an earlier moment than one before them: a crash must not bring them about. */
async function outOfOrder(hub: SmallHub): Promise<readonly string[]> {
  const newest = new Map<string, number>();
  return (await hub.events()).flatMap(({ stream, data: { asOf } }) => {
    if (typeof asOf !== 'number') return [];
    const before = newest.get(stream) ?? 0;
    newest.set(stream, asOf);
    return asOf > before ? [] : [`${stream}: ${asOf} after ${before}`];
  });
}

class CrashError extends Error {}
