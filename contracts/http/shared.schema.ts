import Type from 'typebox';
import { RecordTypeName, RegistryName } from '#contracts/records';
import { literals, type Of } from '#contracts/shared';
import { CHECKS, CODES, Finding, OUTCOMES } from '#contracts/verdicts';

export { RecordTypeName, RegistryName } from '#contracts/records';
export { nullable, type Of as Answer } from '#contracts/shared';

export const CheckName = literals(CHECKS);
export const CodeName = Type.Enum([...CODES]);
export const OutcomeName = Type.Enum([...OUTCOMES]);
export const Timestamp = Type.String({ format: 'date-time', description: 'RFC 3339 in UTC' });
export const Hash = Type.String({
  pattern: '^[0-9a-f]{32}$',
  description: 'Keyed hash that stands for a record or a reconciliation',
});

/** What one field's comparison gave. */
export const FindingSchema = Type.Object({ ...Finding.properties, field: Type.String() });

export const ClaimSchema = Type.Object({ holder: Type.String(), leaseUntil: Timestamp });

/** A record by its address: nothing in it tells whose it is. */
export const RecordReference = Type.Object({
  registry: RegistryName,
  record: RecordTypeName,
  hash: Hash,
  stream: Type.String(),
});
export type RecordReference = Of<typeof RecordReference>;
