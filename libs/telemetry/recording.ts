import type { Link, SpanContext } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace';
import {
  ATTR_SERVICE_INSTANCE_ID,
  ATTR_SERVICE_NAME,
  ATTR_SERVICE_NAMESPACE,
  ATTR_SERVICE_VERSION,
} from '@opentelemetry/semantic-conventions';
import { VERSION } from '#libs/platform';
import { KeptSpan, type SpanSink } from './kept-span.ts';
import { UnkeptSpan, type SpanOptions, type TracedSpan } from './span.ts';
import { childOf, isSampled, newContext, parseTraceparent, unsampledTraceparent } from './traceparent.ts';
import type { Tracing, TracingOptions } from './tracing.interface.ts';
import {
  EXPORT_DELAY_MILLISECONDS,
  EXPORT_TIMEOUT_MILLISECONDS,
  MAX_EXPORTED_SPANS,
  MAX_LINKS,
  MAX_WAITING_SPANS,
} from './tracing.settings.ts';

const NO_LINKS: readonly undefined[] = [];

/** Tracing that records. Whether a span is kept is decided before one is made: most records make none. */
export function record({ service, instance, endpoint, ratio, processor }: TracingOptions): Tracing {
  const exporting = processor ?? exportTo(endpoint);
  const now = createClock();
  const sink: SpanSink = {
    now,
    processor: exporting,
    resource: resourceFromAttributes({
      [ATTR_SERVICE_NAMESPACE]: 'khop',
      [ATTR_SERVICE_NAME]: service,
      [ATTR_SERVICE_VERSION]: VERSION,
      [ATTR_SERVICE_INSTANCE_ID]: instance ?? `${service}-${process.pid}`,
    }),
  };

  const begin = (name: string, options: SpanOptions): TracedSpan => {
    const { links = NO_LINKS } = options;
    const origin = parseTraceparent(options.parent);
    const isApart = origin !== undefined && !isSampled(options.parent);
    const parent = isApart ? undefined : origin;
    const place = {
      parent,
      context: parent === undefined ? newContext() : childOf(parent),
      links: linksTo(isApart ? [options.parent, ...links] : links),
    };
    return new KeptSpan(name, options, place, sink);
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
    close: () => exporting.shutdown().catch(() => undefined),
  };
}

function linksTo(traceparents: readonly (string | undefined)[]): Link[] {
  const links: Link[] = [];
  for (const traceparent of traceparents) {
    if (links.length === MAX_LINKS) break;
    const context: SpanContext | undefined = parseTraceparent(traceparent);
    if (context !== undefined) links.push({ context });
  }
  return links;
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
