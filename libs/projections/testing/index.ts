export * from './given-events.ts';
export * from './view-harness.ts';
