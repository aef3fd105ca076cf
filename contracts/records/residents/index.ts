export * from './resident.definition.ts';
export * from './resident.schema.ts';
