import type { Attributes } from '@opentelemetry/api';
import { SpanStatusCode } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { formatTraceparent, type Traceparent } from '../traceparent.ts';
import { startTracing } from '../tracing.ts';

/** A span as a test looks at it. */
export interface SeenSpan {
  readonly name: string;
  /** What its children name as their parent. */
  readonly traceparent: Traceparent;
  readonly parent: Traceparent | undefined;
  readonly links: readonly Traceparent[];
  readonly attributes: Attributes;
  readonly isFailed: boolean;
}

/** Tracing of this thread into memory. */
export interface RecordedSpans {
  /** What has ended, in that order. */
  all(): readonly SeenSpan[];
  /** Those of a name, or whose names begin with it. */
  named(name: string): readonly SeenSpan[];
  close(): Promise<void>;
}

/** Traces into memory until it is closed. */
export async function recordSpans(ratio = 1): Promise<RecordedSpans> {
  const exporter = new InMemorySpanExporter();
  const processor = new SimpleSpanProcessor({ exporter });
  const tracing = await startTracing({ service: 'test', endpoint: '', ratio, processor });
  const all = (): readonly SeenSpan[] => exporter.getFinishedSpans().map(toSeen);
  return { all, named: (name) => all().filter((span) => span.name.startsWith(name)), close: () => tracing.close() };
}

const toSeen = (span: ReadableSpan): SeenSpan => ({
  name: span.name,
  traceparent: formatTraceparent(span.spanContext()),
  parent: span.parentSpanContext === undefined ? undefined : formatTraceparent(span.parentSpanContext),
  links: span.links.map(({ context }) => formatTraceparent(context)),
  attributes: span.attributes,
  isFailed: span.status.code === SpanStatusCode.ERROR,
});

/** A traceparent of a number, in a trace that is kept or not. */
export const traceparentFor = (number: number, isKept = true): Traceparent =>
  `00-${number.toString(16).padStart(32, '0')}-${number.toString(16).padStart(16, '0')}-${isKept ? '01' : '00'}`;
