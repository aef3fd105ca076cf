import {
  CorrectionRequested,
  CorrectionWithdrawn,
  correctionRequestsTopic,
  MismatchCleared,
  MismatchReopened,
  MismatchSettled,
  PUBLIC_EVENTS_TOPIC,
  ReconciliationEnded,
  VerdictGiven,
  type PublicEventDefinition,
  type RecordReference,
} from '#contracts/public-events';
import * as log from '#contracts/events';
import { REGISTRY_OF, type Registry } from '#contracts/records';
import type { Verdict, VersionRef } from '#contracts/verdicts';
import type { EventStoreReader, RecordedEvent } from '#libs/event-store/port';
import type { EventData, EventDefinition } from '#contracts/events';

/** An event of the log as others are told of it. */
export interface PublicEvent {
  readonly topic: string;
  readonly type: string;
  readonly data: object;
}

/** What a mapping may look up. */
export interface Lookup {
  /** The registry that a request of this reconciliation was sent to. */
  registryOf(reconciliation: string, requestId: string): Promise<Registry>;
}

type Mapping = (event: RecordedEvent, lookup: Lookup) => PublicEvent | Promise<PublicEvent>;

/** The log holds what the contracts say. */
const dataOf = <D extends EventDefinition>(_: D, event: RecordedEvent): EventData<D> => event.data as EventData<D>;

function told(
  { type }: PublicEventDefinition,
  event: RecordedEvent,
  data: object,
  topic = PUBLIC_EVENTS_TOPIC,
): PublicEvent {
  return { topic, type, data: { reconciliation: event.stream, check: log.checkOfStream(event.stream), ...data } };
}

/** A version of a record by what its stream's name says of it. */
export function referenceOf({ stream, version }: VersionRef): RecordReference {
  const record = log.recordTypeOfStream(stream);
  if (record === undefined) throw new TypeError('A verdict points to a stream that is none of a record');
  return { registry: REGISTRY_OF[record], record, hash: stream.slice(stream.lastIndexOf('-') + 1), version };
}

const verdictGiven: Mapping = (event) => {
  const verdict = event.data as Verdict;
  return told(VerdictGiven, event, {
    verdictId: event.id,
    outcome: verdict.outcome,
    codes: verdict.codes,
    findings: verdict.findings,
    record: referenceOf(verdict.left),
    counterpart: verdict.right && referenceOf(verdict.right),
    rules: verdict.rules,
    asOf: verdict.asOf,
  });
};

/**
 * Which events of the log are told, and how. The others are the hub's own: who works on a mismatch, what registries answered to a request,
 * and `MismatchFlagged`, which says no more than the verdict before it.
 */
const MAPPINGS: ReadonlyMap<string, Mapping> = new Map<string, Mapping>([
  ...log.VERDICT_EVENT_TYPES.map((type): [string, Mapping] => [type, verdictGiven]),
  [
    log.MismatchSettled.type,
    (event) => {
      const { verdictId, decision } = dataOf(log.MismatchSettled, event);
      return told(MismatchSettled, event, { verdictId, decision });
    },
  ],
  [
    log.MismatchCleared.type,
    (event) => told(MismatchCleared, event, { verdictId: dataOf(log.MismatchCleared, event).verdictId }),
  ],
  [
    log.MismatchReopened.type,
    (event) => {
      const { verdictId, why } = dataOf(log.MismatchReopened, event);
      return told(MismatchReopened, event, { verdictId, why });
    },
  ],
  [
    log.ReconciliationEnded.type,
    (event) => told(ReconciliationEnded, event, { why: dataOf(log.ReconciliationEnded, event).why }),
  ],
  [
    log.CorrectionRequested.type,
    (event) => {
      const { requestId, registry, verdictId, target, fields } = dataOf(log.CorrectionRequested, event);
      const data = { requestId, registry, verdictId, record: referenceOf(target), fields };
      return told(CorrectionRequested, event, data, correctionRequestsTopic(registry));
    },
  ],
  [
    log.CorrectionWithdrawn.type,
    async (event, lookup) => {
      const { requestId } = dataOf(log.CorrectionWithdrawn, event);
      const registry = await lookup.registryOf(event.stream, requestId);
      return told(CorrectionWithdrawn, event, { requestId, registry }, correctionRequestsTopic(registry));
    },
  ],
]);

/** The types of the log's events that are told to others. */
export const RELAYED_TYPES: readonly string[] = [...MAPPINGS.keys()];

/** What others are told of an event of the log; undefined for one that is the hub's own. */
export async function toPublicEvent(event: RecordedEvent, lookup: Lookup): Promise<PublicEvent | undefined> {
  return MAPPINGS.get(event.type)?.(event, lookup);
}

/** Looks up in the log itself: what is asked for stands in the same stream, a few events before. */
export const lookupIn = (reader: EventStoreReader): Lookup => ({
  async registryOf(reconciliation, requestId) {
    for (let from = 0; ;) {
      const events = await reader.readStream(reconciliation, { from });
      const request = events
        .filter(({ type }) => type === log.CorrectionRequested.type)
        .map((event) => dataOf(log.CorrectionRequested, event))
        .find((data) => data.requestId === requestId);
      if (request !== undefined) return request.registry;
      if (events.length === 0) throw new Error('A correction was withdrawn that was never requested');
      from += events.length;
    }
  },
});
