import {
  CorrectionRequested,
  CorrectionWithdrawn,
  MismatchFlagged,
  reconciliationStream,
  recordStream,
  VERDICT_NAMES,
} from '#contracts/events';
import type { Verdict } from '#contracts/verdicts';
import type { Append, EventStore, JsonObject, NewEvent } from '#libs/event-store/port';
import { derivedId } from '#libs/platform';

const OCCURRED_AT = '2026-11-02T01:00:00.000Z';
const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

const verdict = (hash: string, asOf: number): Verdict => ({
  check: 'tax-registration',
  outcome: 'MISMATCHED',
  codes: ['FIELD_MISMATCH'],
  findings: [{ field: 'name', verdict: 'DIFFERENT' }],
  left: { stream: recordStream('enterprise', hash), version: 0 },
  right: { stream: recordStream('taxpayer', hash), version: 2 },
  rules: '2026-11-01',
  rulesHash: 'rules-hash',
  asOf,
  valuesHash: 'values-hash',
  ward: null,
});

function event(id: string, type: string, data: object, personal?: JsonObject): NewEvent {
  const plain = data as JsonObject;
  const base = { id, type, schemaVersion: 1, occurredAt: OCCURRED_AT, correlationId: id, traceparent: TRACEPARENT };
  return { ...base, data: plain, ...(personal && { personal }) };
}

export const hashOf = (number: number): string => derivedId('sample', number);

/** Appends a mismatch, the request to correct it and its withdrawal: four events, of which three are told to others. */
export async function appendLife(store: EventStore, number: number): Promise<string> {
  const stream = reconciliationStream('tax-registration', hashOf(number));
  const verdictId = derivedId(stream, 'verdict');
  const commandId = derivedId(stream, 'command');
  const requestId = derivedId(stream, 'request');
  const request = {
    requestId,
    verdictId,
    registry: 'tax-office',
    target: { stream: recordStream('taxpayer', hashOf(number)), version: 2 },
    fields: ['name'],
    commandId,
  };
  await store.append([
    {
      stream,
      expected: 'no-stream',
      events: [
        event(verdictId, VERDICT_NAMES['tax-registration'].MISMATCHED, verdict(hashOf(number), 1)),
        event(derivedId(stream, 'flagged'), MismatchFlagged.type, { verdictId }),
        event(derivedId(stream, 'requested'), CorrectionRequested.type, request, { note: 'Công ty Thử Nghiệm' }),
        event(derivedId(stream, 'withdrawn'), CorrectionWithdrawn.type, { requestId, commandId }, { reason: 'Thử' }),
      ],
    },
  ]);
  return stream;
}

/** Appends one verdict to each of so many reconciliations, the first of them with this number. */
export async function appendVerdicts(store: EventStore, first: number, count: number): Promise<void> {
  const BATCH = 1_000;
  for (let from = first; from < first + count; from += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, first + count - from) }, (_, index) => from + index);
    await store.append(
      numbers.map((number): Append => {
        const stream = reconciliationStream('tax-registration', hashOf(number));
        const type = VERDICT_NAMES['tax-registration'].MISMATCHED;
        return {
          stream,
          expected: 'no-stream',
          events: [event(derivedId(stream, 'verdict'), type, verdict(hashOf(number), number))],
        };
      }),
    );
  }
}
