import { tracing, type TracedSpan } from '#libs/telemetry';
import type { Append, EventStore, NewEvent } from '../port/index.ts';

/**
 * A store as it is, whose appended events each have a publish span of their own: its context is the trace that the event carries on, so that
 * what comes of the event is a child of its publishing. Without tracing, the store itself.
 */
export function publishing(store: EventStore, system: 'sqlite' | 'kurrentdb'): EventStore {
  if (!tracing().enabled) return store;
  return {
    readStream: (stream, options) => store.readStream(stream, options),
    readVersions: (refs) => store.readVersions(refs),
    readAll: (options) => store.readAll(options),
    subscribe: (options) => store.subscribe(options),
    head: () => store.head(),
    pointAt: (position) => store.pointAt(position),
    close: () => store.close(),
    async append(appends) {
      const published = new Map<number, readonly TracedSpan[]>();
      const traced = appends.map((append, index) => {
        if (!append.events.some(isFollowed)) return append;
        const publication = publish(append, system);
        published.set(index, publication.spans);
        return publication.append;
      });
      if (published.size === 0) return store.append(appends);
      const results = await store.append(traced);
      for (const [index, spans] of published) {
        const result = results[index];
        // What was refused, or had been appended before, has not been published: its spans have never been.
        if (result?.ok === true && !result.repeated) for (const span of spans) span.end();
      }
      return results;
    },
  };
}

const isFollowed = ({ traceparent }: NewEvent): boolean => tracing().follows(traceparent);

function publish(append: Append, system: string): { readonly append: Append; readonly spans: readonly TracedSpan[] } {
  const spans: TracedSpan[] = [];
  const events = append.events.map((event): NewEvent => {
    if (!isFollowed(event)) return event;
    const span = tracing().start(`publish ${event.type}`, {
      parent: event.traceparent,
      kind: 'producer',
      attributes: {
        'messaging.system': 'khop.log',
        'messaging.operation.type': 'send',
        'messaging.destination.name': append.stream,
        'db.system.name': system,
        'db.operation.name': 'append',
        'khop.event.type': event.type,
      },
    });
    spans.push(span);
    return { ...event, traceparent: span.traceparent };
  });
  return { append: { ...append, events }, spans };
}
