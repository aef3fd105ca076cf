export * from './dead-letter-store.ts';
export * from './errors.ts';
export * from './event-bus.ts';
