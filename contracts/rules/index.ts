export * from './load.ts';
export * from './rules.schema.ts';
