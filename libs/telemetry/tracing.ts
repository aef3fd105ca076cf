import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import { KEEP, keepingSampler } from './keeping.sampler.ts';
import { formatTraceparent, isSampled, parseTraceparent, type Traceparent } from './traceparent.ts';
import {
  EXPORT_DELAY_MILLISECONDS,
  EXPORT_TIMEOUT_MILLISECONDS,
  MAX_EXPORTED_SPANS,
  MAX_LINKS,
  MAX_WAITING_SPANS,
} from './tracing.settings.ts';

export interface SpanOptions {
  /** What this work came from: the span becomes its child. */
  readonly parent?: Traceparent | undefined;
  /** What else it came from: the members of a batch, or what a replay repeats. */
  readonly links?: readonly (Traceparent | undefined)[];
  readonly kind?: 'internal' | 'client' | 'server' | 'producer' | 'consumer';
  /** Never a personal value. */
  readonly attributes?: Attributes;
  /** Keeps the span although its trace is not: it then begins a trace of its own, linked to where it came from. */
  readonly keep?: boolean;
}

/** A piece of work that is being traced. */
export interface TracedSpan {
  /** What comes of this work names this as its parent. Without tracing, that which the work itself came from. */
  readonly traceparent: Traceparent | undefined;
  set(attributes: Attributes): void;
  /** Says that the work failed. Of an error only its name and code are told: its message might repeat a value. */
  fail(error: unknown): void;
  end(): void;
}

/** The tracing of this thread. Until it is started, and where it is not wanted, it costs nothing and passes traces on. */
export interface Tracing {
  readonly enabled: boolean;
  start(name: string, options?: SpanOptions): TracedSpan;
  /** Traces some work to its end; what it throws is recorded and thrown on. */
  run<T>(name: string, options: SpanOptions, work: (span: TracedSpan) => Promise<T>): Promise<T>;
  /** Sends what is still waiting. Never throws: traces are not worth a failure. */
  close(): Promise<void>;
}

export interface TracingOptions {
  /** The service that the spans are of. */
  readonly service: string;
  /** Base address of an OTLP receiver (HTTP). Empty: no tracing. */
  readonly endpoint: string;
  /** Part of the traces that is kept, from 0 to 1. */
  readonly ratio: number;
  /** Where spans go instead of the endpoint. */
  readonly processor?: SpanProcessor;
}

const KINDS = {
  internal: SpanKind.INTERNAL,
  client: SpanKind.CLIENT,
  server: SpanKind.SERVER,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

const untraced = (traceparent: Traceparent | undefined): TracedSpan => ({
  traceparent,
  set: () => undefined,
  fail: () => undefined,
  end: () => undefined,
});

const UNTRACED = untraced(undefined);

const NO_TRACING: Tracing = {
  enabled: false,
  start: (_, options) => (options?.parent === undefined ? UNTRACED : untraced(options.parent)),
  run: (_, options, work) => work(options.parent === undefined ? UNTRACED : untraced(options.parent)),
  close: () => Promise.resolve(),
};

let current = NO_TRACING;

/** The tracing of this thread, as it is at the moment. */
export const tracing = (): Tracing => current;

/** Begins to trace in this thread, where an endpoint is set. */
export function startTracing(options: TracingOptions): Tracing {
  if (options.endpoint === '' && options.processor === undefined) return NO_TRACING;
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: options.service }),
    sampler: keepingSampler(new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(options.ratio) })),
    spanLimits: { linkCountLimit: MAX_LINKS, attributeValueLengthLimit: 512 },
    spanProcessors: [options.processor ?? exportTo(options.endpoint)],
  });
  const started = tracingWith(provider.getTracer('khop'), async () => {
    if (current === started) current = NO_TRACING;
    await provider.shutdown().catch(() => undefined);
  });
  current = started;
  return started;
}

function exportTo(endpoint: string): SpanProcessor {
  return new BatchSpanProcessor({
    exporter: new OTLPTraceExporter({
      url: new URL('v1/traces', endpoint.endsWith('/') ? endpoint : `${endpoint}/`).href,
      timeoutMillis: EXPORT_TIMEOUT_MILLISECONDS,
    }),
    maxQueueSize: MAX_WAITING_SPANS,
    maxExportBatchSize: MAX_EXPORTED_SPANS,
    scheduledDelayMillis: EXPORT_DELAY_MILLISECONDS,
    exportTimeoutMillis: EXPORT_TIMEOUT_MILLISECONDS,
  });
}

function tracingWith(tracer: Tracer, close: () => Promise<void>): Tracing {
  const start = (name: string, options: SpanOptions = {}): TracedSpan => {
    const parent = parseTraceparent(options.parent);
    const apart = options.keep === true && parent !== undefined && !isSampled(parent);
    const links = [...(apart ? [options.parent] : []), ...(options.links ?? []).slice(0, MAX_LINKS)];
    const span = tracer.startSpan(
      name,
      {
        kind: KINDS[options.kind ?? 'internal'],
        attributes: { ...options.attributes, ...(options.keep === true && { [KEEP]: true }) },
        links: links.flatMap((link) => {
          const context = parseTraceparent(link);
          return context === undefined ? [] : [{ context }];
        }),
      },
      parent === undefined || apart ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent),
    );
    return tracedSpan(span);
  };
  return {
    enabled: true,
    start,
    close,
    async run(name, options, work) {
      const span = start(name, options);
      try {
        return await work(span);
      } catch (error) {
        span.fail(error);
        throw error;
      } finally {
        span.end();
      }
    },
  };
}

function tracedSpan(span: Span): TracedSpan {
  return {
    traceparent: formatTraceparent(span.spanContext()),
    set: (attributes) => void span.setAttributes(attributes),
    fail(error) {
      const { name, code } = describe(error);
      span.recordException({ name, code: code ?? name });
      span.setStatus({ code: SpanStatusCode.ERROR, message: code ?? name });
    },
    end: () => span.end(),
  };
}

function describe(error: unknown): { readonly name: string; readonly code?: string } {
  if (!(error instanceof Error)) return { name: 'UnknownError' };
  return 'code' in error && typeof error.code === 'string'
    ? { name: error.name, code: error.code }
    : { name: error.name };
}
