import type { Static } from 'typebox';
import { literals } from '#contracts/shared';
import type { RecordDefinition } from './definition/index.ts';
import { REGISTERED } from './registries.ts';

type Defined = (typeof REGISTERED)[number];

export type Registry = Defined['registry'];
export type RecordType = Defined['record'];

/** The content of each record type, by its name. */
export type RecordContents = { [D in Defined as D['record']]: Static<D['schema']> };
export type RecordContent = RecordContents[RecordType];

/** What the hub knows of one record type. */
export type KnownRecord = RecordDefinition<Registry, RecordType>;

/** Every record type that the hub takes in, in an order that never changes: views store the place in it. */
export const RECORDS: readonly KnownRecord[] = REGISTERED;
export const RECORD_TYPES: readonly RecordType[] = RECORDS.map(({ record }) => record);
export const REGISTRY_NAMES: readonly Registry[] = [...new Set(RECORDS.map(({ registry }) => registry))];

/** Something for each record type. */
export function forEachRecord<T>(what: (definition: KnownRecord) => T): { readonly [R in RecordType]: T } {
  return Object.fromEntries(RECORDS.map((definition) => [definition.record, what(definition)])) as Record<
    RecordType,
    T
  >;
}

/** Something for each registry. */
export function forEachRegistry<T>(what: (registry: Registry) => T): { readonly [R in Registry]: T } {
  return Object.fromEntries(REGISTRY_NAMES.map((registry) => [registry, what(registry)])) as Record<Registry, T>;
}

/** The registry that keeps a record type. */
export const REGISTRY_OF = forEachRecord(({ registry }) => registry);

/** Which registry keeps which record types. */
export const REGISTRIES = forEachRegistry((name) =>
  RECORDS.filter(({ registry }) => registry === name).map(({ record }) => record),
);

/** The record as it is stored. */
export const RECORD_SCHEMAS = forEachRecord(({ schema }) => schema);

export const RegistryName = literals(REGISTRY_NAMES);
export const RecordTypeName = literals(RECORD_TYPES);
