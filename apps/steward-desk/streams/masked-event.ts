import type { LogEvent } from '#contracts/http';
import type { RecordedEvent } from '#libs/event-store/port';
import { traceIdOf } from '../http/trace.ts';

/** An event without its personal values: only the names of their fields are left. */
export const maskedEvent = (event: RecordedEvent): LogEvent => ({
  id: event.id,
  type: event.type,
  schemaVersion: event.schemaVersion,
  stream: event.stream,
  streamVersion: event.streamVersion,
  position: event.position,
  occurredAt: event.occurredAt,
  recordedAt: event.recordedAt,
  correlationId: event.correlationId,
  causationId: event.causationId ?? null,
  traceId: traceIdOf(event.traceparent),
  actor: event.actor ?? null,
  data: event.data,
  personal: event.personal === undefined ? null : { masked: true, fields: Object.keys(event.personal) },
});
