export type { EventStoreAdapter } from './adapter.ts';
export { describeEventStore } from './event-store.contract.ts';
