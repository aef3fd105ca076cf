import { afterEach, beforeEach, describe } from '@jest/globals';
import type { EventStore } from '../port/index.ts';
import type { Bench, EventStoreAdapter } from './adapter.ts';
import { appendingBatches } from './appending-batches.cases.ts';
import { expectedState } from './expected-state.cases.ts';
import { pointsInTheLog } from './points.cases.ts';
import { raceCases, racesOfProcesses } from './races.cases.ts';
import { readingEverything } from './reading-everything.cases.ts';
import { readingStreams } from './reading-streams.cases.ts';
import { repeatedAppends } from './repeated-appends.cases.ts';
import { subscriptions } from './subscriptions.cases.ts';

/** The contract of `EventStore`, on a fresh log for each case. Every adapter must pass all of it. */
export function describeEventStore(adapterName: string, adapter: EventStoreAdapter): void {
  const { leftOut } = adapter;
  if (leftOut !== undefined) process.stderr.write(`skipped: EventStore on ${adapterName}: ${leftOut}\n`);
  const describeIt = leftOut === undefined ? describe : describe.skip;
  describeIt(`EventStore on ${adapterName}${leftOut === undefined ? '' : ` [left out: ${leftOut}]`}`, () => {
    let current: Bench | undefined;
    let opened: EventStore[] = [];

    beforeEach(async () => {
      const location = await adapter.createLocation();
      const openAnother = async (): Promise<EventStore> => {
        const store = await adapter.open(location);
        opened.push(store);
        return store;
      };
      current = { adapterName, location, store: await openAnother(), openAnother };
    });

    afterEach(async () => {
      for (const store of opened) await store.close();
      opened = [];
      if (current !== undefined) await adapter.removeLocation(current.location);
      current = undefined;
    });

    const bench = (): Bench => {
      if (current === undefined) throw new Error('There is no log outside of a case.');
      return current;
    };

    describe('expected state', () => expectedState(bench));
    describe('repeated appends', () => repeatedAppends(bench));
    describe('appending batches', () => appendingBatches(bench));
    describe('reading streams', () => readingStreams(bench));
    describe('reading everything', () => readingEverything(bench));
    describe('subscriptions', () => subscriptions(bench));
    describe('points in the log', () => pointsInTheLog(bench));
    describe('races', () => raceCases(bench));
    if (adapter.inThisProcessOnly !== true) describe('races of processes', () => racesOfProcesses(bench));
  });
}
