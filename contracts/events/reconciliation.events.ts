import Type, { type Static } from 'typebox';
import { RegistryName } from '#contracts/records';
import { Closed, literals, Name, UtcMoment } from '#contracts/shared';
import {
  CHECK_DEFINITIONS,
  CHECKS,
  OUTCOMES,
  Verdict,
  VersionRef,
  type Check,
  type Outcome,
} from '#contracts/verdicts';
import { defineEvent, type EventDefinition } from './define.ts';

/** Which event names a check uses: data of the check. All of them share the verdict as their payload. */
export const VERDICT_NAMES = Object.fromEntries(CHECKS.map((check) => [check, CHECK_DEFINITIONS[check].events])) as {
  readonly [C in Check]: { readonly [O in Outcome]: string };
};

export const VERDICT_EVENTS: readonly EventDefinition[] = CHECKS.flatMap((check) =>
  OUTCOMES.map((outcome) => defineEvent(VERDICT_NAMES[check][outcome], verdictOf(check, outcome))),
);

function verdictOf(check: Check, outcome: Outcome) {
  return Type.Intersect([Verdict, Type.Object({ check: Type.Literal(check), outcome: Type.Literal(outcome) })]);
}

export const VERDICT_EVENT_TYPES: readonly string[] = VERDICT_EVENTS.map((event) => event.type);

const wire = (name: string): string => `khop.reconciliation.${name}.v1`;

const Reason = Type.Object({ reason: Type.String() }, Closed);

/** The record was withdrawn, the person left it, the pair dissolved, or no verdict is due any more: nothing is left to judge. */
export const ReconciliationEnded = defineEvent(
  wire('reconciliation-ended'),
  Type.Object(
    {
      why: literals(['record-withdrawn', 'person-left', 'pair-dissolved', 'not-due']),
      asOf: Type.Integer({ minimum: 0 }),
    },
    Closed,
  ),
);

/** The verdict is a mismatch: an item enters the queue. `verdictId` is the id of the verdict's event. */
export const MismatchFlagged = defineEvent(wire('mismatch-flagged'), Type.Object({ verdictId: Name }, Closed));

export const MismatchClaimed = defineEvent(
  wire('mismatch-claimed'),
  Type.Object({ holder: Name, leaseUntil: UtcMoment, commandId: Name }, Closed),
);

export const MismatchReleased = defineEvent(
  wire('mismatch-released'),
  Type.Object({ holder: Name, why: literals(['released', 'lease-expired', 'handed-over']), commandId: Name }, Closed),
);

export const CorrectionRequested = defineEvent(
  wire('correction-requested'),
  Type.Object(
    {
      requestId: Name,
      verdictId: Name,
      /** The registry that owns the wrong value, and the version of its record that holds it. */
      registry: RegistryName,
      target: VersionRef,
      fields: Type.Array(Name, { minItems: 1 }),
      commandId: Name,
    },
    Closed,
  ),
  Type.Object(
    { note: Type.Optional(Type.String()), proposed: Type.Optional(Type.Record(Type.String(), Type.Unknown())) },
    Closed,
  ),
);

export const CorrectionAcknowledged = defineEvent(
  wire('correction-acknowledged'),
  Type.Object({ requestId: Name, commandId: Name }, Closed),
);

export const CorrectionRefused = defineEvent(
  wire('correction-refused'),
  Type.Object({ requestId: Name, commandId: Name }, Closed),
  Reason,
);

export const CorrectionWithdrawn = defineEvent(
  wire('correction-withdrawn'),
  Type.Object({ requestId: Name, commandId: Name }, Closed),
  Reason,
);

/** A steward's reasoned decision, tied to the values that it judged. */
export const MismatchSettled = defineEvent(
  wire('mismatch-settled'),
  Type.Object(
    {
      decision: literals(['accepted-difference', 'false-alarm']),
      verdictId: Name,
      valuesHash: Name,
      commandId: Name,
    },
    Closed,
  ),
  Reason,
);

/** The corrected value arrived and the check now matches. */
export const MismatchCleared = defineEvent(wire('mismatch-cleared'), Type.Object({ verdictId: Name }, Closed));

export const MismatchReopened = defineEvent(
  wire('mismatch-reopened'),
  Type.Object(
    {
      verdictId: Name,
      why: literals(['values-changed', 'by-steward']),
      commandId: Type.Optional(Name),
    },
    Closed,
  ),
);

export const WORK_EVENTS = [
  ReconciliationEnded,
  MismatchFlagged,
  MismatchClaimed,
  MismatchReleased,
  CorrectionRequested,
  CorrectionAcknowledged,
  CorrectionRefused,
  CorrectionWithdrawn,
  MismatchSettled,
  MismatchCleared,
  MismatchReopened,
] as const;

/** The public part of an event, as its schema says. */
export type EventData<D extends EventDefinition> = Static<D['data']>;
