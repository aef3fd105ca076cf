export * from './json-schema.ts';
export * from './types.ts';
export * from './vocabulary.ts';
