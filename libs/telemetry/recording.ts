import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOnSampler, BatchSpanProcessor, TracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace';
import {
  ATTR_SERVICE_INSTANCE_ID,
  ATTR_SERVICE_NAME,
  ATTR_SERVICE_NAMESPACE,
  ATTR_SERVICE_VERSION,
} from '@opentelemetry/semantic-conventions';
import { VERSION } from '#libs/platform';
import { UnkeptSpan, type SpanOptions, type TracedSpan } from './span.ts';
import { formatTraceparent, isSampled, parseTraceparent, unsampledTraceparent } from './traceparent.ts';
import {
  EXPORT_DELAY_MILLISECONDS,
  EXPORT_TIMEOUT_MILLISECONDS,
  MAX_EXPORTED_SPANS,
  MAX_LINKS,
  MAX_WAITING_SPANS,
} from './tracing.settings.ts';
import type { Tracing, TracingOptions } from './tracing.interface.ts';

/** Marks a span that is kept whatever becomes of its trace. */
const KEEP = 'khop.keep';

const KINDS = {
  internal: SpanKind.INTERNAL,
  client: SpanKind.CLIENT,
  server: SpanKind.SERVER,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

/** Tracing that records. Whether a span is kept is decided before one is made: most records make none. */
export function record({ service, instance, endpoint, ratio, processor }: TracingOptions): Tracing {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      [ATTR_SERVICE_NAMESPACE]: 'khop',
      [ATTR_SERVICE_NAME]: service,
      [ATTR_SERVICE_VERSION]: VERSION,
      [ATTR_SERVICE_INSTANCE_ID]: instance ?? `${service}-${process.pid}`,
    }),
    sampler: new AlwaysOnSampler(),
    spanLimits: { linkCountLimit: MAX_LINKS, attributeValueLengthLimit: 512 },
    spanProcessors: [processor ?? exportTo(endpoint)],
  });
  const tracer = provider.getTracer('khop');
  const now = createClock();

  const begin = (name: string, options: SpanOptions): TracedSpan => {
    const parent = parseTraceparent(options.parent);
    const isApart = parent !== undefined && !isSampled(options.parent);
    const links = [...(isApart ? [options.parent] : []), ...(options.links ?? [])].slice(0, MAX_LINKS);
    const span = tracer.startSpan(
      name,
      {
        kind: KINDS[options.kind ?? 'internal'],
        attributes: { ...options.attributes, ...(options.keep === true && { [KEEP]: true }) },
        startTime: options.startedAt ?? now(),
        links: links.flatMap((link) => {
          const context = parseTraceparent(link);
          return context === undefined ? [] : [{ context }];
        }),
      },
      parent === undefined || isApart ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent),
    );
    return recorded(span, now);
  };

  const start = (name: string, options: SpanOptions = {}): TracedSpan => {
    const { parent } = options;
    const isKept = parent === undefined ? Math.random() < ratio : isSampled(parent);
    if (isKept || options.keep === true) return begin(name, options);
    return new UnkeptSpan(name, options, parent ?? unsampledTraceparent(), options.startedAt ?? now(), begin);
  };

  return {
    enabled: true,
    follows: isSampled,
    start,
    now,
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
    close: () => provider.shutdown().catch(() => undefined),
  };
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

function recorded(span: Span, now: () => number): TracedSpan {
  return {
    traceparent: formatTraceparent(span.spanContext()),
    set: (attributes) => void span.setAttributes(attributes),
    keep: () => void span.setAttribute(KEEP, true),
    fail(error) {
      const { name, code } = describe(error);
      span.recordException({ name, code: code ?? name });
      span.setStatus({ code: SpanStatusCode.ERROR, message: code ?? name });
    },
    end: () => span.end(now()),
  };
}

function describe(error: unknown): { readonly name: string; readonly code?: string } {
  if (!(error instanceof Error)) return { name: 'UnknownError' };
  return 'code' in error && typeof error.code === 'string'
    ? { name: error.name, code: error.code }
    : { name: error.name };
}

const MOST_DRIFT_MILLISECONDS = 5;

/** Milliseconds since 1970, with what the monotonic clock tells of microseconds: parents begin before their children. */
function createClock(): () => number {
  let origin = performance.timeOrigin;
  return () => {
    const wall = Date.now();
    const fine = origin + performance.now();
    if (Math.abs(wall - fine) <= MOST_DRIFT_MILLISECONDS) return fine;
    origin += wall - fine;
    return wall;
  };
}
