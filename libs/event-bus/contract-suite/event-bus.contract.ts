import { afterEach, beforeEach, describe } from '@jest/globals';
import type { EventBus } from '#libs/event-bus/port';
import { deadLetterCases } from './dead-letters.contract.ts';
import { deliveryCases } from './delivery.contract.ts';
import { SETTINGS, type EventBusHarness, type Open } from './harness.ts';
import { lifecycleCases } from './lifecycle.contract.ts';
import { retryCases } from './retries.contract.ts';

/** What every event bus does, whatever carries it: bound to each adapter in one place. */
export function describeEventBus(adapter: string, createHarness: () => Promise<EventBusHarness>): void {
  describe(`${adapter} event bus`, () => {
    let harness: EventBusHarness;
    let bus: EventBus | undefined;

    beforeEach(async () => {
      harness = await createHarness();
    });
    afterEach(async () => {
      await bus?.close();
      bus = undefined;
      await harness.dispose();
    });

    const open: Open = async (settings) => {
      await bus?.close();
      return (bus = await harness.open({ ...SETTINGS, ...settings }));
    };

    deliveryCases(open);
    retryCases(open);
    deadLetterCases(open);
    lifecycleCases(open);
  });
}
