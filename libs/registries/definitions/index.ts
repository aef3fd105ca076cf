export * from './catalogue.ts';
export {
  FLAG,
  LabelTable,
  spelled,
  type Fields,
  type FieldSpec,
  type LeafSpec,
  type ListColumn,
  type RegistryCode,
} from '#contracts/records/definition';
