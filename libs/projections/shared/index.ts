export * from './counts.ts';
export * from './days.ts';
export * from './stored-json.ts';
export * from './stream-key.ts';
export * from './verdict-of.ts';
