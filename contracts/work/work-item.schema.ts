import Type from 'typebox';
import { Closed, literals, Name, nullable, StreamVersion, Traceparent, type MessageOf } from '#contracts/shared';
import { CHECKS } from '#contracts/verdicts';

/** The event that made a judgement due: verdicts carry its correlation and trace on. */
export const Cause = Type.Object(
  { eventId: Name, correlationId: Name, traceparent: Type.Optional(Traceparent) },
  Closed,
);
export type Cause = MessageOf<typeof Cause>;

const base = {
  /** Stream of the reconciliation, and the key of the message: items of one reconciliation stay in order. */
  reconciliation: Name,
  check: literals(CHECKS),
  /** Log position of the newest input. */
  asOf: Type.Integer({ minimum: 0 }),
  cause: Cause,
};

/** How a counterpart was found, or why there is none. */
export const Found = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('found'),
      by: literals(['PERSONAL_ID', 'FORMER_PERSONAL_ID', 'CMND9', 'TAX_CODE', 'ENTERPRISE_CODE']),
    },
    Closed,
  ),
  Type.Object({ kind: Type.Literal('not-found') }, Closed),
  Type.Object({ kind: Type.Literal('ambiguous') }, Closed),
  Type.Object({ kind: Type.Literal('lookup'), why: literals(['no-id', 'invalid-id', 'not-applicable']) }, Closed),
]);
export type Found = MessageOf<typeof Found>;

/** A version to be judged; where the log has it may be known, and spares the look-up. */
export const WorkSide = Type.Object(
  { stream: Name, version: StreamVersion, position: Type.Optional(Type.Integer({ minimum: 1 })) },
  Closed,
);
export type WorkSide = MessageOf<typeof WorkSide>;

/** Compare these two versions. For `duplicate` the two stand in the order of their streams, not of their keys. */
export const JudgeItem = Type.Object(
  {
    kind: Type.Literal('judge'),
    ...base,
    left: WorkSide,
    /** Place of the person in this version of the left record, among the parts that the check has. */
    part: Type.Integer({ minimum: 0 }),
    right: nullable(WorkSide),
    found: Found,
    rulesHash: Name,
  },
  Closed,
);
export type JudgeItem = MessageOf<typeof JudgeItem>;

/** There is nothing to judge any more. */
export const EndItem = Type.Object(
  {
    kind: Type.Literal('end'),
    ...base,
    why: literals(['record-withdrawn', 'person-left', 'pair-dissolved', 'not-due']),
  },
  Closed,
);
export type EndItem = MessageOf<typeof EndItem>;

/** What the linker hands to a reconciler. */
export const WorkItem = Type.Union([JudgeItem, EndItem], { $id: 'khop.work-item.v1', title: 'work-item' });
export type WorkItem = JudgeItem | EndItem;
