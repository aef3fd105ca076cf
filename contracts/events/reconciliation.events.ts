import Type, { type Static } from 'typebox';
import {
  CHECKS,
  CODES,
  FIELD_VERDICTS,
  EQUIVALENT_WHYS,
  SIMILAR_WHYS,
  OUTCOMES,
  type Check,
  type Outcome,
} from '#contracts/verdicts';
import { defineEvent, type EventDefinition } from './define.ts';

const Closed = { additionalProperties: false } as const;
const literals = <T extends string>(values: readonly T[]) => Type.Enum([...values] as T[]);

export const VersionRefSchema = Type.Object({ stream: Type.String(), version: Type.Integer() }, Closed);

/** The payload that all verdict events share: see `Verdict` of the verdict contract. */
export const VerdictSchema = Type.Object(
  {
    check: literals(CHECKS),
    outcome: literals(OUTCOMES),
    codes: Type.Array(literals(CODES)),
    findings: Type.Array(
      Type.Object(
        {
          field: Type.String(),
          verdict: literals(FIELD_VERDICTS),
          why: Type.Optional(literals([...EQUIVALENT_WHYS, ...SIMILAR_WHYS])),
        },
        Closed,
      ),
    ),
    left: VersionRefSchema,
    right: Type.Union([VersionRefSchema, Type.Null()]),
    rules: Type.String(),
    rulesHash: Type.String(),
    asOf: Type.Integer(),
    valuesHash: Type.String(),
    ward: Type.Union([Type.String(), Type.Null()]),
  },
  Closed,
);

/** Which event names a check uses: data of the check. All of them share the verdict as their payload. */
export const VERDICT_NAMES: { readonly [C in Check]: { readonly [O in Outcome]: string } } = {
  'legal-representative': names(
    'business-registration-matched',
    'business-registration-mismatched',
    'business-registration-not-applicable',
  ),
  'tax-registration': names('tax-id-verified', 'tax-id-rejected', 'tax-id-not-applicable'),
  'taxpayer-identity': names(
    'taxpayer-identity-verified',
    'taxpayer-identity-rejected',
    'taxpayer-identity-not-applicable',
  ),
  birth: names('birth-record-matched', 'birth-record-mismatched', 'birth-record-not-applicable'),
  death: names('death-record-matched', 'death-record-mismatched', 'death-record-not-applicable'),
  marriage: names('marriage-record-matched', 'marriage-record-mismatched', 'marriage-record-not-applicable'),
  duplicate: names('duplicate-cleared', 'duplicate-suspected', 'duplicate-not-applicable'),
};

function names(matched: string, mismatched: string, notApplicable: string): { readonly [O in Outcome]: string } {
  const wire = (name: string): string => `khop.reconciliation.${name}.v1`;
  return { MATCHED: wire(matched), MISMATCHED: wire(mismatched), NOT_APPLICABLE: wire(notApplicable) };
}

export const VERDICT_EVENTS: readonly EventDefinition[] = CHECKS.flatMap((check) =>
  OUTCOMES.map((outcome) => defineEvent(VERDICT_NAMES[check][outcome], VerdictSchema)),
);
export const VERDICT_EVENT_TYPES: readonly string[] = VERDICT_EVENTS.map((event) => event.type);

const wire = (name: string): string => `khop.reconciliation.${name}.v1`;
const Reason = Type.Object({ reason: Type.String() }, Closed);

/** The record was withdrawn, the person left it, the pair dissolved, or no verdict is due any more: nothing is left to judge. */
export const ReconciliationEnded = defineEvent(
  wire('reconciliation-ended'),
  Type.Object(
    { why: literals(['record-withdrawn', 'person-left', 'pair-dissolved', 'not-due']), asOf: Type.Integer() },
    Closed,
  ),
);

/** The verdict is a mismatch: an item enters the queue. `verdictId` is the id of the verdict's event. */
export const MismatchFlagged = defineEvent(wire('mismatch-flagged'), Type.Object({ verdictId: Type.String() }, Closed));

export const MismatchClaimed = defineEvent(
  wire('mismatch-claimed'),
  Type.Object({ holder: Type.String(), leaseUntil: Type.String(), commandId: Type.String() }, Closed),
);

export const MismatchReleased = defineEvent(
  wire('mismatch-released'),
  Type.Object(
    { holder: Type.String(), why: literals(['released', 'lease-expired', 'handed-over']), commandId: Type.String() },
    Closed,
  ),
);

export const CorrectionRequested = defineEvent(
  wire('correction-requested'),
  Type.Object(
    {
      requestId: Type.String(),
      verdictId: Type.String(),
      /** The registry that owns the wrong value, and the version of its record that holds it. */
      registry: Type.String(),
      target: VersionRefSchema,
      fields: Type.Array(Type.String()),
      commandId: Type.String(),
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
  Type.Object({ requestId: Type.String(), commandId: Type.String() }, Closed),
);

export const CorrectionRefused = defineEvent(
  wire('correction-refused'),
  Type.Object({ requestId: Type.String(), commandId: Type.String() }, Closed),
  Reason,
);

export const CorrectionWithdrawn = defineEvent(
  wire('correction-withdrawn'),
  Type.Object({ requestId: Type.String(), commandId: Type.String() }, Closed),
  Reason,
);

/** A steward's reasoned decision, tied to the values that it judged. */
export const MismatchSettled = defineEvent(
  wire('mismatch-settled'),
  Type.Object(
    {
      decision: literals(['accepted-difference', 'false-alarm']),
      verdictId: Type.String(),
      valuesHash: Type.String(),
      commandId: Type.String(),
    },
    Closed,
  ),
  Reason,
);

/** The corrected value arrived and the check now matches. */
export const MismatchCleared = defineEvent(wire('mismatch-cleared'), Type.Object({ verdictId: Type.String() }, Closed));

export const MismatchReopened = defineEvent(
  wire('mismatch-reopened'),
  Type.Object(
    {
      verdictId: Type.String(),
      why: literals(['values-changed', 'by-steward']),
      commandId: Type.Optional(Type.String()),
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
