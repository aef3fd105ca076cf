export * from './json-schema.ts';
export type * from './json.ts';
export * from './types.ts';
export * from './vocabulary.ts';
