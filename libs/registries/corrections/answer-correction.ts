import type { RegistryAnswer } from '#contracts/commands';
import { CorrectionRequested } from '#contracts/events';
import { decide, evolve, initialState } from '#libs/domain/reconciliation';
import type { EventStore, RecordedEvent } from '#libs/event-store/port';
import { derivedId, toTimestamp, type Clock } from '#libs/platform';
import type { AnswerCorrection, CorrectionAnswer } from './corrections.handler.ts';

/** Others kept writing to the reconciliation; the answer may be given again. */
export class AnswerContentionError extends Error {
  override readonly name = 'AnswerContentionError';
  readonly code = 'answer-contention';
}

const MAX_ROUNDS = 8;
const STREAM_PAGE = 1000;

/**
 * Writes a registry's answers into the streams of the reconciliations. An answer to a request that is over, and one that was
 * given before, change nothing. `registry` is who acts. Rejects with `AnswerContentionError` or what the store throws.
 */
export function createAnswerCorrection(
  deps: { readonly store: EventStore; readonly clock: Clock },
  registry: string,
): AnswerCorrection {
  return async (stream, answer, traceparent) => {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const events = await readAll(deps.store, stream);
      const now = deps.clock();
      const decision = decide(toCommand(answer, registry, now), events.reduce(evolve, initialState));
      if (!decision.ok || decision.events.length === 0) return;
      const request = events.find((event) => isRequest(event, answer.requestId));
      const appended = decision.events.map((event, index) => ({
        ...event,
        id: event.id ?? derivedId(answer.commandId, stream, index),
        occurredAt: toTimestamp(now),
        correlationId: request?.correlationId ?? answer.requestId,
        causationId: request?.id,
        traceparent: traceparent ?? request?.traceparent,
        actor: registry,
      }));
      const [result] = await deps.store.append([{ stream, expected: events.length - 1, events: appended }]);
      if (result?.ok === true) return;
    }
    throw new AnswerContentionError('the reconciliation kept changing');
  };
}

function toCommand(answer: CorrectionAnswer, actor: string, now: number): RegistryAnswer {
  const { requestId, commandId } = answer;
  return answer.kind === 'refused'
    ? { type: 'refuse-correction', requestId, commandId, reason: answer.reason, actor, now }
    : { type: 'acknowledge-correction', requestId, commandId, actor, now };
}

const isRequest = ({ type, data }: RecordedEvent, requestId: string): boolean =>
  type === CorrectionRequested.type && data['requestId'] === requestId;

async function readAll(store: EventStore, stream: string): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (;;) {
    const page = await store.readStream(stream, { from: events.length, limit: STREAM_PAGE });
    events.push(...page);
    if (page.length < STREAM_PAGE) return events;
  }
}
