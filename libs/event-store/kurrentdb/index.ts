export { KURRENTDB_CONNECTION_SETTINGS, readKurrentDbOptions } from './connection.settings.ts';
export { KurrentDbEventStore } from './kurrentdb.event-store.ts';
export type { KurrentDbCredentials, KurrentDbEventStoreOptions } from './settings.ts';
