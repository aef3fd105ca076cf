export * from './clock/clock.ts';
export * from './ids/canonical-json.ts';
export * from './ids/event-id.ts';
export * from './ids/keyed-hash.ts';
export * from './ids/reconciliation-hash.ts';
export * from './ids/short-hash.ts';
export * from './config/settings.ts';
export { VERSION } from './version.ts';
