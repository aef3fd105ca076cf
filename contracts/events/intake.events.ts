import Type, { type Static } from 'typebox';
import { RecordTypeName, RegistryName } from '#contracts/records';
import { Closed, literals, Name } from '#contracts/shared';
import { defineEvent } from './define.ts';

const Count = Type.Integer({ minimum: 0 });

/** A run of taking records in has begun: until it finishes, verdicts that rest on "not found" are held back. */
export const IntakeStarted = defineEvent(
  'khop.intake.intake-started.v1',
  Type.Object(
    {
      intakeId: Name,
      registry: RegistryName,
      record: RecordTypeName,
      source: literals(['file', 'feed', 'resubmission']),
      snapshot: Type.Boolean(),
    },
    Closed,
  ),
  Type.Object({ fileName: Type.Optional(Type.String()) }, Closed),
);

export const IntakeCounts = Type.Object(
  {
    read: Count,
    taken: Count,
    unchanged: Count,
    seenBefore: Count,
    late: Count,
    quarantined: Count,
    vanished: Type.Optional(Count),
  },
  Closed,
);
export type IntakeCounts = Static<typeof IntakeCounts>;

export const IntakeFinished = defineEvent(
  'khop.intake.intake-finished.v1',
  Type.Object(
    {
      intakeId: Name,
      outcome: literals(['completed', 'failed', 'abandoned']),
      counts: IntakeCounts,
      /** Names of fields that are not of the record's format, with how often they came. */
      unknownFields: Type.Record(Type.String(), Type.Integer({ minimum: 1 })),
    },
    Closed,
  ),
);

/**
 * Several intakes belong together (the files of one import, the registries at the hub's start): until this hold is released,
 * verdicts that rest on "not found" are held back between them too. Stream: `hold-<id>`.
 */
export const AbsenceHeld = defineEvent('khop.intake.absence-held.v1', Type.Object({ holdId: Name }, Closed));

export const AbsenceReleased = defineEvent('khop.intake.absence-released.v1', Type.Object({ holdId: Name }, Closed));

/** How far an adapter has followed its registry's change feed. */
export const FeedCursorAdvanced = defineEvent(
  'khop.intake.feed-cursor-advanced.v1',
  Type.Object({ registry: RegistryName, record: RecordTypeName, cursor: Name }, Closed),
);

/** Why a row could not be taken in. `shape` describes the value (`12 digits`, `text of 4`), it never repeats it. */
export const QuarantineReason = Type.Object(
  { field: Type.String(), code: Name, shape: Type.Optional(Type.String()) },
  Closed,
);
export type QuarantineReason = Static<typeof QuarantineReason>;

export const RecordQuarantined = defineEvent(
  'khop.quarantine.record-quarantined.v1',
  Type.Object(
    {
      quarantineId: Name,
      registry: RegistryName,
      record: RecordTypeName,
      intakeId: Name,
      line: Type.Optional(Type.Integer({ minimum: 1 })),
      reasons: Type.Array(QuarantineReason, { minItems: 1 }),
    },
    Closed,
  ),
  Type.Object({ row: Type.Unknown(), fileName: Type.Optional(Type.String()) }, Closed),
);

/** The row was fixed and taken in. */
export const QuarantineResolved = defineEvent(
  'khop.quarantine.quarantine-resolved.v1',
  Type.Object({ quarantineId: Name, recordStream: Name }, Closed),
);

/** The row was tried again and still can't be taken in. */
export const QuarantineResubmissionFailed = defineEvent(
  'khop.quarantine.quarantine-resubmission-failed.v1',
  Type.Object({ quarantineId: Name, reasons: Type.Array(QuarantineReason, { minItems: 1 }) }, Closed),
  Type.Object({ row: Type.Unknown() }, Closed),
);

export const INTAKE_EVENTS = [
  IntakeStarted,
  IntakeFinished,
  AbsenceHeld,
  AbsenceReleased,
  FeedCursorAdvanced,
  RecordQuarantined,
  QuarantineResolved,
  QuarantineResubmissionFailed,
] as const;
