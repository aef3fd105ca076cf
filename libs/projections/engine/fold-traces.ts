import type { Position, RecordedEvent } from '#libs/event-store/port';
import { tracing } from '#libs/telemetry';
import type { Projection } from './projection.ts';

/** What of a view says whose folds are traced, and whether it is being built anew. */
interface TracedView {
  readonly view: { readonly projection: Pick<Projection, 'name' | 'traced'> };
  readonly live: boolean;
  readonly replaysUpTo: Position;
}

const aboutOf = ({ stream, type }: RecordedEvent) => ({
  'messaging.system': 'khop.log',
  'messaging.operation.type': 'process',
  'messaging.destination.name': stream,
  'khop.event.type': type,
});

/**
 * Shows in the traces of these events that a view has folded them. One that is being built anew is no part of them any more: it names them.
 * `startedAt`: when the fold began, as `Tracing.now` told.
 */
export function traceFolds(member: TracedView, events: readonly RecordedEvent[], startedAt: number): void {
  const { name, traced } = member.view.projection;
  if (traced === undefined || !tracing().enabled) return;
  const again: (string | undefined)[] = [];
  for (const event of events) {
    const { traceparent: parent, position } = event;
    if (!tracing().follows(parent) || !traced(event)) continue;
    if (!member.live || position <= member.replaysUpTo) again.push(parent);
    else
      tracing()
        .start(`fold ${name}`, { parent, startedAt, kind: 'consumer', attributes: aboutOf(event) })
        .end();
  }
  if (again.length > 0) tracing().start(`fold ${name} again`, { startedAt, links: again }).end();
}

/** A page that a view could not fold is seen, whatever becomes of the traces of its events. */
export function traceFailedFolds({ view }: TracedView, events: readonly RecordedEvent[], error: unknown): void {
  if (!tracing().enabled) return;
  const links = events.map(({ traceparent }) => traceparent);
  const span = tracing().start(`fold ${view.projection.name}`, { kind: 'consumer', keep: true, links });
  span.fail(error);
  span.end();
}

/** The same for an event that has become a dead letter. */
export function traceUnfoldable(view: string, event: RecordedEvent, error: unknown): void {
  const { traceparent: parent } = event;
  const span = tracing().start(`fold ${view}`, { parent, kind: 'consumer', keep: true, attributes: aboutOf(event) });
  span.fail(error);
  span.end();
}
