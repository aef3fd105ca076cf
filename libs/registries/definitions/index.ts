export * from './catalogue.ts';
export * from './field.ts';
export { LabelTable } from './fold.ts';
export type { RecordDefinition } from './record-definition.ts';
export { FLAG } from './spellings.ts';
