import Type, { type Static, type TSchema } from 'typebox';
import { REGISTRIES, REGISTRY_OF, type RecordType, type Registry } from '#contracts/records';
import { CHECKS, CODES, EQUIVALENT_WHYS, FIELD_VERDICTS, OUTCOMES, SIMILAR_WHYS } from '#contracts/verdicts';

type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;
/** What a schema describes, as nobody may change it. */
export type Answer<S extends TSchema> = Frozen<Static<S>>;

export const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

export const REGISTRY_NAMES = Object.keys(REGISTRIES) as Registry[];
export const RECORD_TYPES = Object.keys(REGISTRY_OF) as RecordType[];

export const CheckName = Type.Enum([...CHECKS]);
export const CodeName = Type.Enum([...CODES]);
export const OutcomeName = Type.Enum([...OUTCOMES]);
export const RegistryName = Type.Enum(REGISTRY_NAMES);
export const RecordTypeName = Type.Enum(RECORD_TYPES);
export const Timestamp = Type.String({ format: 'date-time', description: 'RFC 3339 in UTC' });
export const Hash = Type.String({
  pattern: '^[0-9a-f]{32}$',
  description: 'Keyed hash that stands for a record or a reconciliation',
});

/** What one field's comparison gave. */
export const FindingSchema = Type.Object({
  field: Type.String(),
  verdict: Type.Enum([...FIELD_VERDICTS]),
  why: Type.Optional(Type.Enum([...EQUIVALENT_WHYS, ...SIMILAR_WHYS])),
});

export const ClaimSchema = Type.Object({ holder: Type.String(), leaseUntil: Timestamp });

/** A record by its address: nothing in it tells whose it is. */
export const RecordReference = Type.Object({
  registry: RegistryName,
  record: RecordTypeName,
  hash: Hash,
  stream: Type.String(),
});
export type RecordReference = Answer<typeof RecordReference>;
