import Type from 'typebox';
import { CORRECTION_STATES } from './queue.schema.ts';
import {
  CheckName,
  ClaimSchema,
  CodeName,
  FindingSchema,
  Hash,
  nullable,
  OutcomeName,
  RecordReference,
  RegistryName,
  Timestamp,
  type Answer,
} from './shared.schema.ts';

export const PHASES = ['unjudged', 'matched', 'not-applicable', 'open', 'settled', 'ended'] as const;

/** A version of a record; null content where its personal part is erased. Key and content are personal. */
export const RecordVersionSchema = Type.Object({
  version: Type.Integer(),
  key: nullable(Type.String()),
  content: Type.Unknown({ description: 'The record as it was taken in; null where it is erased' }),
  withdrawn: Type.Boolean(),
  late: Type.Boolean({ description: 'An older version that came late: kept in the history, not the current one' }),
  updatedAt: nullable(Type.String({ description: 'When its source last changed it' })),
  recordedAt: Timestamp,
});
export type RecordVersionSchema = Answer<typeof RecordVersionSchema>;

const Side = Type.Object({
  reference: RecordReference,
  judged: RecordVersionSchema,
  current: nullable(RecordVersionSchema),
  isCurrent: Type.Boolean({
    description: 'False: the record has changed since the verdict; `current` is what it is now',
  }),
});
export type ReconciliationSide = Answer<typeof Side>;

export const ComparedField = Type.Object({
  ...FindingSchema.properties,
  verdict: nullable(FindingSchema.properties.verdict),
  left: Type.Unknown({ description: 'Value in the version judged; null when it is missing' }),
  right: Type.Unknown(),
  material: Type.Boolean(),
  authority: RegistryName,
});
export type ComparedField = Answer<typeof ComparedField>;

export const TimelineEvent = Type.Object({
  id: Type.String(),
  type: Type.String(),
  version: Type.Integer(),
  position: Type.Integer(),
  occurredAt: Timestamp,
  recordedAt: Timestamp,
  actor: nullable(Type.String()),
  correlationId: Type.String(),
  causationId: nullable(Type.String()),
  traceId: nullable(Type.String()),
  data: Type.Unknown(),
  personal: Type.Unknown({ description: 'Reasons and notes that people wrote; null where there are none' }),
});
export type TimelineEvent = Answer<typeof TimelineEvent>;

const Candidate = Type.Object({
  reference: RecordReference,
  version: nullable(RecordVersionSchema),
  score: Type.Number(),
  for: Type.Array(Type.String()),
  against: Type.Array(Type.String()),
});

const STEPS = [
  'claim-mismatch',
  'release-mismatch',
  'hand-over-mismatch',
  'request-correction',
  'withdraw-correction',
  'settle-mismatch',
  'reopen-mismatch',
] as const;

/** One check of one record, with everything that a decision on it needs. */
export const ReconciliationPage = Type.Object({
  check: CheckName,
  hash: Hash,
  stream: Type.String(),
  streamVersion: Type.Integer(),
  position: Type.Integer(),
  phase: Type.Enum([...PHASES]),
  verdict: nullable(
    Type.Object({
      id: Type.String({ description: 'What a command has to name' }),
      outcome: OutcomeName,
      codes: Type.Array(CodeName),
      findings: Type.Array(FindingSchema),
      rules: Type.String(),
      rulesHash: Type.String(),
      asOf: Type.Integer(),
      ward: nullable(Type.String()),
    }),
  ),
  left: nullable(Side),
  right: nullable(Side),
  fields: Type.Array(ComparedField, { description: 'Every field that the rules compare, the differing ones first' }),
  proposedRegistry: nullable(RegistryName),
  claim: nullable(ClaimSchema),
  dueAt: nullable(Timestamp),
  overdue: Type.Boolean(),
  openedAt: nullable(Timestamp),
  closedAt: nullable(Timestamp),
  corrections: Type.Array(
    Type.Object({
      requestId: Type.String(),
      registry: Type.String(),
      target: Type.Object({ stream: Type.String(), version: Type.Integer() }),
      fields: Type.Array(Type.String()),
      state: Type.Enum([...CORRECTION_STATES]),
      requestedAt: Timestamp,
    }),
  ),
  settlement: nullable(
    Type.Object({
      decision: Type.Enum(['accepted-difference', 'false-alarm']),
      verdictId: Type.String(),
      reason: nullable(Type.String()),
      by: nullable(Type.String()),
      at: Timestamp,
    }),
  ),
  steps: Type.Array(Type.Enum([...STEPS]), { description: 'What may be done next' }),
  candidates: nullable(
    Type.Array(Candidate, { description: 'Where nobody was found: best first; null while they can not be told' }),
  ),
  timeline: Type.Array(TimelineEvent, { description: 'Newest first' }),
  timelineCut: Type.Boolean(),
});
export type ReconciliationPage = Answer<typeof ReconciliationPage>;

/** What a command came to. */
export const WorkDone = Type.Object({
  repeated: Type.Boolean({ description: 'The command had been carried out before: this is what it was answered with' }),
  position: Type.Integer(),
  streamVersion: Type.Integer(),
  holder: Type.Optional(Type.String()),
  leaseUntil: Type.Optional(Timestamp),
  requestId: Type.Optional(Type.String()),
});
export type WorkDone = Answer<typeof WorkDone>;
