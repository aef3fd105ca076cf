export { describeEventBus } from './event-bus.contract.ts';
export type { EventBusHarness, EventBusSettings } from './harness.ts';
