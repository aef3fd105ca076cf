import Type, { type TSchema } from 'typebox';
import {
  CheckName,
  ClaimSchema,
  CodeName,
  FindingSchema,
  Hash,
  nullable,
  RecordTypeName,
  RegistryName,
  Timestamp,
  type Answer,
} from './shared.schema.ts';

export const CORRECTION_STATES = ['requested', 'acknowledged', 'refused', 'withdrawn', 'fulfilled', 'lapsed'] as const;

/** An item of the queue as a list shows it. Name and key are personal values. */
export const QueueItemSchema = Type.Object({
  reconciliation: Hash,
  check: CheckName,
  codes: Type.Array(CodeName),
  findings: Type.Array(FindingSchema, { description: 'The fields that differ, and how' }),
  registry: RegistryName,
  record: RecordTypeName,
  recordHash: Hash,
  recordVersion: Type.Integer(),
  recordKey: Type.String(),
  name: Type.String(),
  counterpart: nullable(
    Type.Object({
      registry: RegistryName,
      record: RecordTypeName,
      recordHash: Hash,
      recordVersion: Type.Integer(),
    }),
  ),
  ward: nullable(Type.String()),
  state: Type.Enum(['open', 'waiting-for-agency', 'settled', 'cleared']),
  openedAt: nullable(Timestamp),
  closedAt: nullable(Timestamp),
  dueAt: nullable(Timestamp),
  overdue: Type.Boolean(),
  ageDays: Type.Number(),
  claim: nullable(ClaimSchema),
  corrections: Type.Array(
    Type.Object({
      requestId: Type.String(),
      registry: Type.String(),
      state: Type.Enum([...CORRECTION_STATES]),
      requestedAt: Timestamp,
    }),
  ),
  decision: nullable(Type.String()),
  verdictId: Type.String({ description: 'What a command on this item has to name' }),
  streamVersion: Type.Integer(),
});

const facet = <S extends TSchema>(value: S) => Type.Array(Type.Object({ value, count: Type.Integer() }));

export const FacetsSchema = Type.Object(
  {
    check: facet(CheckName),
    code: facet(CodeName),
    registry: facet(RegistryName),
    ward: facet(nullable(Type.String())),
    age: facet(Type.String()),
    holder: facet(nullable(Type.String())),
  },
  { description: 'How many items each value has, under every other part of the filter' },
);

export const TabCounts = Type.Object({
  mine: Type.Integer(),
  unclaimed: Type.Integer(),
  'waiting-for-agency': Type.Integer(),
  overdue: Type.Integer(),
  done: Type.Integer(),
});

const counts = {
  total: Type.Integer(),
  cut: Type.Boolean({ description: 'The search matched more than it looks at: counts are of the latest of them' }),
  tabs: TabCounts,
  facets: FacetsSchema,
  position: Type.Integer({ description: 'What this holds of the log' }),
};

/** One page of the queue: list, counts and facets are of the same moment. */
export const QueueResult = Type.Object({
  items: Type.Array(QueueItemSchema),
  next: nullable(Type.String({ description: 'Cursor of the next page' })),
  ...counts,
});
export type QueueResult = Answer<typeof QueueResult>;

/** The counts of a queue without its items. */
export const QueueCounts = Type.Object(counts);
export type QueueCounts = Answer<typeof QueueCounts>;
