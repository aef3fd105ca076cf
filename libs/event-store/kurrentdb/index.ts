export { parseConnectionString } from './connection-string.ts';
export { KurrentDbEventStore } from './kurrentdb.event-store.ts';
export type { KurrentDbCredentials, KurrentDbEventStoreOptions } from './settings.ts';
