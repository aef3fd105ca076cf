export * from './api.ts';
export * from './changes.ts';
export * from './data.ts';
export * from './khop.ts';
export * from './people.ts';
export * from './small-hub.ts';
export * from './steward.ts';
export * from './table-files.ts';
