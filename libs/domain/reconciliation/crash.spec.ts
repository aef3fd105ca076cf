import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ReconciliationCommand } from '#contracts/commands';
import { after, claim, end, match, mismatch, request, settle } from './given-when-then.ts';
import { decide } from './reconciliation.decider.ts';
import { initialState, type ReconciliationState } from './reconciliation.state.ts';

/** What the linker hands out for one reconciliation, in order: each item judged at a later log position than the one before. */
const judgement = fc.constantFrom(
  (asOf: number) => match(asOf),
  (asOf: number) => mismatch(asOf),
  (asOf: number) => mismatch(asOf, { valuesHash: 'values-2' }),
  (asOf: number) => mismatch(asOf, { right: null, codes: ['NOT_FOUND'], findings: [] }),
  (asOf: number) => end(asOf),
);
/** What a steward does between two items, if anything. */
const work = fc.option(fc.constantFrom(claim, settle, request), { nil: undefined });
/** A restart: from which item on everything is handed out again, and how far that comes before the next crash. */
const restart = fc.record({ from: fc.nat(9), upTo: fc.nat(9) });

const script = fc.array(fc.record({ judgement, work, restarts: fc.array(restart, { maxLength: 3 }) }), {
  minLength: 2,
  maxLength: 10,
});
type Script = typeof script extends fc.Arbitrary<infer S> ? S : never;
type Deliver = (command: ReconciliationCommand, state: ReconciliationState) => readonly [ReconciliationState, number];

const deliver: Deliver = (command, state) => {
  const decision = decide(command, state);
  const events = decision.ok ? decision.events : [];
  return [after(state, events, 'actor' in command ? command.actor : undefined), events.length];
};

/** The same, had every judgement been taken for the newest. */
const deliverWithoutAsOf: Deliver = (command, state) => {
  if (command.type !== 'record-verdict') return deliver(command, state);
  return deliver({ ...command, verdict: { ...command.verdict, asOf: state.asOf + 1 } }, state);
};

/** The state in the end, and how many events the stream holds then. */
function run(steps: Script, withCrashes: boolean, deliverOne: Deliver): readonly [ReconciliationState, number] {
  const items = steps.map((step, index) => step.judgement((index + 1) * 10));
  let state = initialState;
  let length = 0;
  const take = (command: ReconciliationCommand | undefined): void => {
    if (command === undefined) return;
    const [next, added] = deliverOne(command, state);
    state = next;
    length += added;
  };
  steps.forEach((step, index) => {
    take(items[index]);
    const seen = Number(state.verdict?.id.replace('verdict-', '') ?? 0);
    take(step.work?.({ seen, id: `command-${index}`, requestId: `request-${index}` }));
    if (!withCrashes) return;
    // The append is there and the checkpoint isn't: what lies behind the checkpoint comes again, in order, and the last
    // restart comes through to where the crash was.
    for (const { from, upTo } of step.restarts)
      for (const item of items.slice(from, Math.min(upTo, index) + 1)) take(item);
    const last = step.restarts.at(-1);
    if (last !== undefined) for (const item of items.slice(last.from, index + 1)) take(item);
  });
  return [state, length];
}

describe('a crash between an append and the checkpoint of the index', () => {
  it('ends in the same stream as no crash, wherever it happens and whatever stewards do meanwhile', () => {
    fc.assert(
      fc.property(script, (steps) => {
        expect(run(steps, true, deliver)).toEqual(run(steps, false, deliver));
      }),
      { numRuns: 2_000 },
    );
  });

  it('would end in another one if a stale judgement were not ignored', () => {
    const outcome = fc.check(
      fc.property(script, (steps) => {
        expect(run(steps, true, deliverWithoutAsOf)[0].phase).toBe(run(steps, false, deliver)[0].phase);
      }),
      { numRuns: 2_000 },
    );
    expect(outcome.failed).toBe(true);
  });
});
