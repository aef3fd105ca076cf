import type { Cause } from '#contracts/work';
import type { RecordedEvent } from '#libs/event-store/port';
import { tracing, type TracedSpan } from '#libs/telemetry';

/** A record's change could not be folded: the code says why. */
class UnfoldableChangeError extends Error {
  override readonly name = 'UnfoldableChangeError';
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

const nameOf = ({ stream }: RecordedEvent): string => `link ${stream.slice(0, stream.lastIndexOf('-'))}`;

const aboutOf = ({ stream, type }: RecordedEvent) => ({
  'messaging.system': 'khop.log',
  'messaging.operation.type': 'process',
  'messaging.destination.name': stream,
  'khop.event.type': type,
});

/** The span of folding a change for the first time; undefined where its trace is not kept. */
export function traceChange(event: RecordedEvent): TracedSpan | undefined {
  if (!tracing().follows(event.traceparent)) return undefined;
  return tracing().start(nameOf(event), { parent: event.traceparent, kind: 'consumer', attributes: aboutOf(event) });
}

/** A change that can't be folded is seen, whatever becomes of its trace. */
export function traceUnfoldable(event: RecordedEvent, code: string): void {
  const span = tracing().start(nameOf(event), {
    parent: event.traceparent,
    kind: 'consumer',
    attributes: aboutOf(event),
    keep: true,
  });
  span.fail(new UnfoldableChangeError(code));
  span.end();
}

/**
 * The span of folding a page of changes once more, after the index was lost: what comes of it names the old traces, and does not go on with
 * them. Undefined without tracing.
 */
export function traceReplay(events: readonly RecordedEvent[]): TracedSpan | undefined {
  if (!tracing().enabled) return undefined;
  const links = events.flatMap(({ traceparent }) => (tracing().follows(traceparent) ? [traceparent] : []));
  return tracing().start('link again', { links, attributes: { 'messaging.batch.message_count': events.length } });
}

/** What comes of a change belongs to its span, where it has one. */
export const within = (span: TracedSpan | undefined, cause: Cause): Cause =>
  span === undefined ? cause : { ...cause, traceparent: span.traceparent };
