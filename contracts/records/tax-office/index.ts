export * from './taxpayer.definition.ts';
export * from './taxpayer.schema.ts';
