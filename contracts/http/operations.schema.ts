import Type, { type Static } from 'typebox';
import type { Registry } from '#contracts/records';
import type { Check } from '#contracts/verdicts';
import { CheckName, nullable, RecordTypeName, RegistryName, Timestamp, type Answer } from './shared.schema.ts';

/** An event as engineers see it: its personal part is masked, only the names of its fields show. */
export const LogEvent = Type.Object({
  id: Type.String(),
  type: Type.String(),
  schemaVersion: Type.Integer(),
  stream: Type.String(),
  streamVersion: Type.Integer(),
  position: Type.Integer(),
  occurredAt: Timestamp,
  recordedAt: Timestamp,
  correlationId: Type.String(),
  causationId: nullable(Type.String()),
  traceId: nullable(Type.String()),
  actor: nullable(Type.String()),
  data: Type.Unknown(),
  personal: nullable(Type.Object({ masked: Type.Literal(true), fields: Type.Array(Type.String()) })),
});
export type LogEvent = Answer<typeof LogEvent>;

export const LogPage = Type.Object({
  events: Type.Array(LogEvent),
  next: Type.Integer({ description: 'Go on after this position' }),
  end: Type.Boolean({ description: 'The log has no more at the moment' }),
});
export type LogPage = Answer<typeof LogPage>;

export const StreamPage = Type.Object({
  stream: Type.String(),
  events: Type.Array(LogEvent),
  next: nullable(Type.Integer({ description: 'Go on from this version' })),
});
export type StreamPage = Answer<typeof StreamPage>;

const Reason = Type.Object({ field: Type.String(), code: Type.String(), shape: Type.Optional(Type.String()) });

const quarantineFields = {
  quarantineId: Type.String(),
  registry: Type.String(),
  record: Type.String(),
  state: Type.Enum(['open', 'resolved']),
  intakeId: Type.String(),
  line: nullable(Type.Integer()),
  reasons: Type.Array(Reason),
  since: Timestamp,
  failedResubmissions: Type.Integer(),
  recordStream: nullable(Type.String()),
};

export const QuarantineItem = Type.Object(quarantineFields);
export type QuarantineItem = Answer<typeof QuarantineItem>;

export const QuarantineList = Type.Object({
  items: Type.Array(QuarantineItem),
  next: Type.Integer(),
  end: Type.Boolean(),
});
export type QuarantineList = Answer<typeof QuarantineList>;

/** A row in quarantine with the row itself, which is personal. */
export const QuarantinedRow = Type.Object({
  ...quarantineFields,
  fileName: nullable(Type.String()),
  row: Type.Unknown({ description: 'The row of the latest attempt; null where it is erased' }),
});
export type QuarantinedRow = Answer<typeof QuarantinedRow>;

export const Resubmitted = Type.Object({ intakeId: Type.String() });
export type Resubmitted = Answer<typeof Resubmitted>;

/** Something that a handler gave up on: a message of a group, or an event that a view could not fold. */
export const DeadLetterItem = Type.Object({
  handler: Type.String({ description: 'A group of the bus, or `view.` and the name of a view' }),
  id: Type.String({ description: 'The message, or `stream@version`' }),
  key: Type.String({ description: 'What waits behind it shares this: a key, or a stream' }),
  type: Type.String(),
  reason: nullable(Type.String()),
  attempts: Type.Integer(),
  firstFailedAt: nullable(Timestamp),
  lastFailedAt: nullable(Timestamp),
  waiting: Type.Integer({ description: 'How many wait behind it' }),
  data: Type.Unknown({ description: 'What the message says: references, nothing personal' }),
});
export type DeadLetterItem = Answer<typeof DeadLetterItem>;

export const DeadLetterList = Type.Object({ items: Type.Array(DeadLetterItem) });
export type DeadLetterList = Answer<typeof DeadLetterList>;

export const DeadLetterOutcome = Type.Object({
  handled: Type.Boolean({ description: 'False: it failed again, for the reason given' }),
  reason: Type.Optional(Type.String()),
});
export type DeadLetterOutcome = Answer<typeof DeadLetterOutcome>;

const VerdictCounts = Type.Object({
  matched: Type.Integer(),
  mismatched: Type.Integer(),
  notApplicable: Type.Integer(),
  byCode: Type.Record(Type.String(), Type.Integer()),
});

const Counts = Type.Record(Type.String(), Type.Integer());

const FEED_PHASES = ['opened', 'catching-up', 'live', 'waiting', 'stopped'] as const;

/** How following one registry's feed goes, and what its source counts beside what the hub has. */
export const FeedItem = Type.Object({
  registry: RegistryName,
  record: RecordTypeName,
  phase: Type.Enum([...FEED_PHASES], { description: '`waiting`: it failed, and is tried again' }),
  cursor: nullable(Type.String({ description: 'The last change that is in the log' })),
  cursorAgeSeconds: nullable(Type.Number({ description: 'Since the last change was taken in' })),
  changes: Type.Integer({ description: 'Taken in since the hub was started' }),
  lag: nullable(Type.Integer({ description: 'Changes that are known to be behind' })),
  lastSuccessAt: nullable(Timestamp),
  lastFailureAt: nullable(Timestamp),
  lastFailureCode: nullable(Type.String()),
  attempts: Type.Integer({ description: 'Failures in a row; 0 while it goes well' }),
  counts: nullable(
    Type.Object(
      {
        comparedAt: Timestamp,
        source: Type.Object({ records: Type.Integer(), withdrawn: Type.Integer(), changes: Type.Integer() }),
        hub: Type.Object({
          records: Type.Integer(),
          withdrawn: Type.Integer(),
          quarantined: Type.Integer(),
          fromFeed: Type.Object({
            records: Type.Integer(),
            quarantined: Type.Integer(),
            confirming: Type.Integer(),
          }),
        }),
        missing: Type.Integer({ description: 'Records that are lost on the way' }),
        unconfirmed: Type.Integer({ description: 'Records that are lost too, unless files brought the same ones' }),
        surplus: Type.Integer({ description: 'Records that the source does not know: from files' }),
        withdrawalsMissing: Type.Integer(),
        complete: Type.Boolean(),
      },
      { description: 'Null until they were compared: while a feed is live, every minute' },
    ),
  ),
});
export type FeedItem = Answer<typeof FeedItem>;

export const HubStats = Type.Object({
  log: Type.Object({ position: Type.Integer(), events: Type.Integer(), byType: Counts }),
  records: Type.Unsafe<Record<Registry, Record<string, number>>>(Type.Record(RegistryName, Counts)),
  verdicts: Type.Unsafe<Record<Check, Static<typeof VerdictCounts>>>(Type.Record(CheckName, VerdictCounts)),
  queue: Type.Object({
    open: Type.Integer(),
    tabs: Counts,
    byCheck: Counts,
    byCode: Counts,
  }),
  intakes: Type.Object({ running: Type.Integer(), finished: Type.Integer() }),
  quarantine: Type.Integer(),
  deadLetters: Type.Integer(),
  feeds: Type.Array(FeedItem, { description: 'Of the registries that the running hub follows' }),
});
export type HubStats = Answer<typeof HubStats>;

export const IntakeReportSchema = Type.Object({
  intakeId: Type.String(),
  dryRun: Type.Boolean(),
  read: Type.Integer(),
  taken: Type.Integer(),
  registered: Type.Integer(),
  amended: Type.Integer(),
  withdrawn: Type.Integer(),
  late: Type.Integer(),
  unchanged: Type.Integer(),
  seenBefore: Type.Integer(),
  quarantined: Type.Integer(),
  rejectionsByReason: Type.Array(
    Type.Object({
      field: Type.String(),
      code: Type.String(),
      count: Type.Integer(),
      lines: Type.Array(Type.Integer()),
    }),
  ),
  rejections: Type.Array(
    Type.Object({ line: Type.Integer(), quarantineId: Type.String(), reasons: Type.Array(Reason) }),
  ),
  unknownFields: Counts,
  rejectedFile: nullable(Type.String({ description: "On the hub's machine: the rejected rows, to be fixed" })),
  vanished: nullable(
    Type.Object(
      { count: Type.Integer(), file: nullable(Type.String()) },
      { description: 'Of a snapshot: records that the hub has and the file has not' },
    ),
  ),
  notes: Type.Array(Type.String(), { description: 'What was passed over in the file, in words' }),
  seconds: Type.Number(),
  recordsPerSecond: Type.Number(),
});

export const ImportItem = Type.Object({
  importId: Type.String(),
  state: Type.Enum(['receiving', 'running', 'completed', 'failed']),
  registry: nullable(RegistryName),
  record: nullable(RecordTypeName),
  actor: Type.String(),
  startedAt: Timestamp,
  finishedAt: nullable(Timestamp),
  progress: Type.Object({
    read: Type.Integer(),
    taken: Type.Integer(),
    quarantined: Type.Integer(),
    readBytes: Type.Integer(),
    totalBytes: Type.Integer(),
  }),
  report: nullable(IntakeReportSchema),
  problem: nullable(Type.Object({ code: Type.String(), detail: Type.String() })),
});
export type ImportItem = Answer<typeof ImportItem>;

export const ImportList = Type.Object({ items: Type.Array(ImportItem) });
export type ImportList = Answer<typeof ImportList>;

export const ImportStarted = Type.Object({ importId: Type.String() });
export type ImportStarted = Answer<typeof ImportStarted>;

export const Live = Type.Object({ status: Type.Literal('live') });
export type Live = Answer<typeof Live>;

export const Readiness = Type.Object({
  status: Type.Enum(['ready', 'not-ready']),
  condition: Type.Enum(['ok', 'degraded'], {
    description: 'Degraded: a feed fails, or has lost something. What there is can be worked on',
  }),
  linking: Type.Object({ alive: Type.Boolean(), position: Type.Integer(), caughtUp: Type.Boolean() }),
  views: Type.Array(
    Type.Object({
      name: Type.String(),
      live: Type.Boolean(),
      position: Type.Integer(),
      lagEvents: Type.Integer(),
      lagSeconds: Type.Number(),
      deadLetters: Type.Integer(),
      problem: nullable(Type.String()),
    }),
  ),
  feeds: Type.Array(
    Type.Object({
      registry: RegistryName,
      record: RecordTypeName,
      phase: FeedItem.properties.phase,
      attempts: Type.Integer(),
      lastSuccessAt: nullable(Timestamp),
      lastFailureCode: nullable(Type.String()),
      complete: nullable(Type.Boolean({ description: 'Whether all that the source counts has arrived' })),
    }),
  ),
});
export type Readiness = Answer<typeof Readiness>;
