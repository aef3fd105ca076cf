export * from './engine-harness.ts';
export * from './given-events.ts';
export * from './view-harness.ts';
