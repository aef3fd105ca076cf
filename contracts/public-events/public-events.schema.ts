import Type from 'typebox';
import { RecordTypeName, RegistryName } from '#contracts/records';
import { Closed, literals, Name, nullable, StreamVersion, type MessageOf } from '#contracts/shared';
import { Codes, Findings, OUTCOMES } from '#contracts/verdicts';
import { definePublicEvent, type PublicEventDefinition } from './public-event.ts';

/**
 * A version of a record, without its key: `hash` is the hub's keyed hash of that, the same wherever the hub speaks of the record. An
 * agency that may see the record asks the hub's API for it, or reckons the hash of its own keys where the hub's secret is entrusted to it.
 */
export const RecordReference = Type.Object(
  {
    registry: RegistryName,
    record: RecordTypeName,
    hash: Type.String({ pattern: '^[0-9a-f]{32}$' }),
    version: StreamVersion,
  },
  Closed,
);
export type RecordReference = MessageOf<typeof RecordReference>;

/** The verdict's event in the log; what settles or clears a mismatch names the verdict that it is about. */
const verdictId = Name;

export const VerdictGiven = definePublicEvent(
  'verdict-given',
  'A check has judged a record anew. The newest of a reconciliation counts.',
  {
    verdictId,
    outcome: literals(OUTCOMES),
    codes: Codes,
    findings: Findings,
    record: RecordReference,
    counterpart: nullable(RecordReference),
    /** Version of the rules it was judged by. */
    rules: Name,
    /** Grows with each verdict of a reconciliation. */
    asOf: Type.Integer({ minimum: 0 }),
  },
);

export const MismatchSettled = definePublicEvent(
  'mismatch-settled',
  'A steward has decided that a mismatch stands as it is. It lapses when a compared value changes.',
  { verdictId, decision: literals(['accepted-difference', 'false-alarm']) },
);

export const MismatchCleared = definePublicEvent(
  'mismatch-cleared',
  'The corrected value has arrived, and the check matches now.',
  { verdictId },
);

export const MismatchReopened = definePublicEvent('mismatch-reopened', 'A settled mismatch is open again.', {
  verdictId,
  why: literals(['values-changed', 'by-steward']),
});

export const ReconciliationEnded = definePublicEvent(
  'reconciliation-ended',
  'There is nothing to judge any more: earlier verdicts of the reconciliation no longer hold.',
  { why: literals(['record-withdrawn', 'person-left', 'pair-dissolved', 'not-due']) },
);

const request = {
  /** The same for everything that is said of the request. */
  requestId: Name,
  /** The registry that is asked. */
  registry: RegistryName,
};

export const CorrectionRequested = definePublicEvent(
  'correction-requested',
  'The registry that owns a wrong value is asked to look at it. The value that is proposed, and the note, are had from the hub’s API.',
  { ...request, verdictId, record: RecordReference, fields: Type.Array(Name, { minItems: 1 }) },
);

export const CorrectionWithdrawn = definePublicEvent(
  'correction-withdrawn',
  'A correction is not asked for any more.',
  request,
);

/** What is told on the topic of public events. */
export const PUBLIC_EVENTS: readonly PublicEventDefinition[] = [
  VerdictGiven,
  MismatchSettled,
  MismatchCleared,
  MismatchReopened,
  ReconciliationEnded,
];

/** What is told to a registry, on a topic of its own. */
export const CORRECTION_EVENTS: readonly PublicEventDefinition[] = [CorrectionRequested, CorrectionWithdrawn];
