export * from './checks.ts';
export * from './verdict-line.schema.ts';
export * from './verdict.schema.ts';
export * from './words.ts';
