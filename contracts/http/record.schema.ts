import Type from 'typebox';
import { ComparedField, PHASES, RecordVersionSchema, TimelineEvent } from './reconciliation.schema.ts';
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

const JudgedRecord = Type.Object({
  reference: RecordReference,
  version: Type.Integer({ description: 'The one that was judged' }),
  key: nullable(Type.String({ description: 'Personal; null where it is erased' })),
});
export type JudgedRecord = Answer<typeof JudgedRecord>;

const OfRecord = Type.Object({
  check: CheckName,
  hash: Hash,
  side: Type.Enum(['left', 'right'], {
    description:
      'Whether the record is the one that is checked, or its counterpart; of a pair, the first or the second',
  }),
  left: nullable(JudgedRecord),
  right: nullable(JudgedRecord),
  fields: Type.Array(ComparedField, { description: 'Every field that the rules compare, the differing ones first' }),
  phase: Type.Enum([...PHASES]),
  outcome: nullable(OutcomeName),
  codes: Type.Array(CodeName),
  verdictId: nullable(Type.String()),
  judgedAt: nullable(Timestamp),
});
export type ReconciliationOfRecord = Answer<typeof OfRecord>;

const EventOfRecord = Type.Object({
  ...TimelineEvent.properties,
  check: nullable(CheckName),
  hash: nullable(Type.String({ description: 'The reconciliation; null for a version of the record itself' })),
});
export type EventOfRecord = Answer<typeof EventOfRecord>;

/** A record with its history, and what its checks say of it. */
export const RecordPage = Type.Object({
  reference: RecordReference,
  current: nullable(RecordVersionSchema),
  versions: Type.Array(RecordVersionSchema, { description: 'Newest first' }),
  versionsCut: Type.Boolean(),
  reconciliations: Type.Array(OfRecord, {
    description:
      'Those that check this record, of everyone in its shown versions; those that found it as a counterpart; and the pairs in which it was suspected',
  }),
  reconciliationsCut: Type.Boolean({
    description: 'Not all that others have with this record are shown: there are too many, or they can not be told yet',
  }),
  timeline: Type.Array(EventOfRecord, {
    description: 'What happened to the record and in these reconciliations, newest first',
  }),
  timelineCut: Type.Boolean(),
});
export type RecordPage = Answer<typeof RecordPage>;
