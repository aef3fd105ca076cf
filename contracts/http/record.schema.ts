import Type from 'typebox';
import { PHASES, RecordVersionSchema } from './reconciliation.schema.ts';
import {
  CheckName,
  CodeName,
  Hash,
  nullable,
  OutcomeName,
  RecordReference,
  Timestamp,
  type Answer,
} from './shared.schema.ts';

const OfRecord = Type.Object({
  check: CheckName,
  hash: Hash,
  phase: Type.Enum([...PHASES]),
  outcome: nullable(OutcomeName),
  codes: Type.Array(CodeName),
  verdictId: nullable(Type.String()),
  judgedAt: nullable(Timestamp),
});
export type ReconciliationOfRecord = Answer<typeof OfRecord>;

/** A record with its history, and what its checks say of it. */
export const RecordPage = Type.Object({
  reference: RecordReference,
  current: nullable(RecordVersionSchema),
  versions: Type.Array(RecordVersionSchema, { description: 'Newest first' }),
  versionsCut: Type.Boolean(),
  reconciliations: Type.Array(OfRecord, {
    description: 'Those that check this record, of everyone in its shown versions',
  }),
});
export type RecordPage = Answer<typeof RecordPage>;
