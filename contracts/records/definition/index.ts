export * from './field.ts';
export { LabelTable } from './fold.ts';
export * from './people.ts';
export * from './record-definition.ts';
export { DOCUMENT_TYPE, FLAG, FORMER_NUMBERS, GENDER } from './common.spellings.ts';
