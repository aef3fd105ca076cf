export { DEAD_LETTER_STREAMS, deadLetterStream } from './event-store.journal.ts';
export { EventStoreDeadLetterStore, type EventStoreDeadLetterOptions } from './event-store.dead-letter-store.ts';
export { InMemoryDeadLetterStore } from './in-memory.dead-letter-store.ts';
export { DEFAULT_DEAD_LETTER_SETTINGS, type DeadLetterSettings } from './journaled.dead-letter-store.ts';
