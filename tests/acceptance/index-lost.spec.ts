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
  type Change,
  type SmallHub,
} from '#tests/support';

const DAY = 24 * 3_600_000;

/** What happens between two moments at which the hub has caught up. */
interface Round {
  readonly changes: readonly Change[];
  readonly inOneIntake: boolean;
  readonly rulesBefore: boolean;
}

const round: fc.Arbitrary<Round> = fc.record({
  changes: fc.array(change, { minLength: 1, maxLength: 4 }),
  inOneIntake: fc.boolean(),
  rulesBefore: fc.boolean(),
});

const calm = (...changes: readonly Change[]): Round => ({ changes, inOneIntake: false, rulesBefore: false });
const SON_CA = '0100233488';
const namedBy = (documentNumber: string): Change => ({
  type: 'enterprise',
  key: SON_CA,
  content: enterprise({ representatives: [{ fullName: 'Nguyễn Văn Bình', documentNumber }] }),
});
const [binh, alike] = ['001080012345', '001080012346'].map((key): Change => ({
  type: 'resident',
  key,
  content: resident({ personalId: key }),
})) as [Change, Change];

describe('an index that is lost', () => {
  it('is folded anew, at another time and in other pages, and the log does not show it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(round, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        async (rounds, pageEvents, nextDay) => {
          let now = Date.now();
          const hub = await openSmallHub({ now: () => now });
          for (const one of rounds) {
            await happens(hub, one);
            await hub.catchUp();
          }
          const log = await hub.events();
          const verdicts = await seenVerdicts(hub);

          hub.index.clear();
          if (nextDay) now += DAY;
          await hub.catchUp(pageEvents);
          expect(await seenVerdicts(hub)).toEqual(verdicts);
          expect((await hub.events()).slice(log.length).map(({ type }) => type)).toEqual([]);
          await hub.close();
        },
      ),
      {
        numRuns: 20,
        examples: [
          // Who came and left between two looks was never judged.
          [[calm(namedBy('012345678'), namedBy('001080012345'))], 1, false],
          [[calm(alike), calm(binh, { ...binh, content: 'withdrawn' })], 1, false],
          [[calm(binh, namedBy('001080012345')), calm({ ...binh, content: 'withdrawn' }, binh)], 1, true],
        ],
      },
    );
  }, 60_000);

  it('is folded anew, and what had not been judged is judged', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(round, { minLength: 1, maxLength: 3 }),
        fc.nat({ max: 3 }),
        fc.integer({ min: 1, max: 9 }),
        async (rounds, judgedRounds, pageEvents) => {
          const [steady, hub] = [await openSmallHub(), await openSmallHub()];
          for (const [index, one] of rounds.entries()) {
            await happens(steady, one);
            await steady.catchUp();
            await happens(hub, one);
            if (index < judgedRounds) await hub.catchUp();
          }
          hub.index.clear();
          await hub.catchUp(pageEvents);
          expect(await seenVerdicts(hub)).toEqual(await seenVerdicts(steady));
          await Promise.all([steady.close(), hub.close()]);
        },
      ),
      { numRuns: 12 },
    );
  }, 60_000);
});

let intakes = 0;

async function happens(hub: SmallHub, { changes, inOneIntake, rulesBefore }: Round): Promise<void> {
  const intake = `intake-${++intakes}`;
  if (rulesBefore) await hub.append(RULES_STREAM, { type: RulesActivated.type, data: {} });
  if (inOneIntake) await hub.append(intake, { type: IntakeStarted.type, data: { intakeId: intake } });
  for (const one of changes) await take(hub, one);
  if (inOneIntake) await hub.append(intake, { type: IntakeFinished.type, data: { intakeId: intake } });
}
