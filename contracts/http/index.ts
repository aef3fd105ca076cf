export * from './dashboard.schema.ts';
export * from './operations.schema.ts';
export * from './problem.schema.ts';
export * from './queue.schema.ts';
export * from './reconciliation.schema.ts';
export * from './record.schema.ts';
export * from './rules.schema.ts';
export * from './shared.schema.ts';
