export { SqliteEventStore } from './sqlite.event-store.ts';
export type { SqliteEventStoreOptions, StoreFaults } from './settings.ts';
export { loadOrCreateSecret } from './secret.ts';
