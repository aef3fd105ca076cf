export * from './enterprise.definition.ts';
export * from './enterprise.schema.ts';
