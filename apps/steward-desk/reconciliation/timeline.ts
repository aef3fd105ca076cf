import { MismatchSettled } from '#contracts/events';
import type { ReconciliationPage, TimelineEvent } from '#contracts/http';
import type { RecordedEvent } from '#libs/event-store/port';
import { traceIdOf } from '../http/trace.ts';
import type { Reconciliation } from './read-reconciliation.ts';

/** What happened, who did it and why: with the reasons that people gave. */
export const timelineEvent = (event: RecordedEvent): TimelineEvent => ({
  id: event.id,
  type: event.type,
  version: event.streamVersion,
  position: event.position,
  occurredAt: event.occurredAt,
  recordedAt: event.recordedAt,
  actor: event.actor ?? null,
  correlationId: event.correlationId,
  causationId: event.causationId ?? null,
  traceId: traceIdOf(event.traceparent),
  data: event.data,
  personal: event.personal ?? null,
});

/** The settlement that holds, with who decided it and why; null when there is none. */
export function settlementOf({ state, events }: Reconciliation): ReconciliationPage['settlement'] {
  const event = events.findLast(({ type }) => type === MismatchSettled.type);
  if (state.settlement === null || event === undefined) return null;
  const { decision, verdictId } = state.settlement;
  const reason = event.personal?.['reason'];
  return {
    decision,
    verdictId,
    reason: typeof reason === 'string' ? reason : null,
    by: event.actor ?? null,
    at: event.occurredAt,
  };
}
