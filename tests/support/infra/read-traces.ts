/** A span as Jaeger tells it. */
export interface ReadSpan {
  readonly id: string;
  readonly parent: string | undefined;
  /** Traces and spans that it is linked to. */
  readonly links: readonly string[];
  readonly service: string;
  readonly name: string;
  readonly startedAtMicroseconds: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The type of the event that it is about, or nothing. */
  readonly eventType: string;
}

interface JaegerSpan {
  readonly traceID: string;
  readonly spanID: string;
  readonly processID: string;
  readonly operationName: string;
  readonly startTime: number;
  readonly references: readonly { readonly refType: string; readonly traceID: string; readonly spanID: string }[];
  readonly tags: readonly { readonly key: string; readonly value: unknown }[];
}

interface JaegerTrace {
  readonly traceID: string;
  readonly spans: readonly JaegerSpan[];
  readonly processes: Readonly<Record<string, { readonly serviceName: string }>>;
}

export interface ReadTraces {
  /** Everything that Jaeger tells, as it tells it. */
  readonly text: string;
  /** The spans of a trace, oldest first. */
  spansOf(traceId: string): readonly ReadSpan[];
}

const MOST_TRACES = 1500;

/** Every trace of every service that a Jaeger has, by its query API. */
export async function readTraces(queryUrl: string): Promise<ReadTraces> {
  const { data: services } = (await get(`${queryUrl}/api/services`)) as { data: readonly string[] | null };
  const traces = new Map<string, JaegerTrace>();
  for (const service of services ?? []) {
    const query = new URLSearchParams({ service, limit: String(MOST_TRACES), lookback: '1h' });
    const { data } = (await get(`${queryUrl}/api/traces?${query.toString()}`)) as { data: readonly JaegerTrace[] };
    for (const trace of data) traces.set(trace.traceID, trace);
  }
  return {
    text: JSON.stringify([...traces.values()]),
    spansOf(traceId) {
      const trace = traces.get(traceId);
      return (trace?.spans ?? [])
        .map((span) => toSpan(span, trace?.processes[span.processID]?.serviceName ?? ''))
        .sort((one, other) => one.startedAtMicroseconds - other.startedAtMicroseconds);
    },
  };
}

async function get(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

function toSpan(
  { spanID, traceID, references, operationName, startTime, tags }: JaegerSpan,
  service: string,
): ReadSpan {
  const parent = references.find((reference) => reference.refType === 'CHILD_OF' && reference.traceID === traceID);
  const attributes = Object.fromEntries(tags.map(({ key, value }) => [key, value]));
  const eventType = attributes['khop.event.type'];
  return {
    id: spanID,
    parent: parent?.spanID,
    links: references.filter((reference) => reference !== parent).map((reference) => reference.spanID),
    service,
    name: operationName,
    startedAtMicroseconds: startTime,
    attributes,
    eventType: typeof eventType === 'string' ? eventType : '',
  };
}

/** The way from the beginning of a trace to the first span that is wanted: each step as `service: name`. */
export function describePath(spans: readonly ReadSpan[], wanted: (span: ReadSpan) => boolean): readonly string[] {
  const byId = new Map(spans.map((span) => [span.id, span]));
  const path: string[] = [];
  for (
    let span = spans.find(wanted);
    span !== undefined;
    span = span.parent === undefined ? undefined : byId.get(span.parent)
  ) {
    path.unshift(`${span.service}: ${span.name}`);
  }
  return path;
}
