export * from './decode.ts';
export * from './define.ts';
export * from './hub.events.ts';
export * from './intake.events.ts';
export * from './reconciliation.events.ts';
export * from './record.events.ts';
export * from './streams.ts';
export * from './upcasters.ts';
