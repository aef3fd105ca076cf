export * from './civil-status.definitions.ts';
export * from './civil-status.schema.ts';
