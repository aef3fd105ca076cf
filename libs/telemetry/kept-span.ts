import {
  SpanKind,
  SpanStatusCode,
  type Attributes,
  type HrTime,
  type Link,
  type SpanContext,
} from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { SpanOptions, TracedSpan } from './span.ts';
import { formatTraceparent, type Traceparent } from './traceparent.ts';

/** Marks a span that is kept whatever becomes of its trace. */
const KEEP = 'khop.keep';

const KINDS = {
  internal: SpanKind.INTERNAL,
  client: SpanKind.CLIENT,
  server: SpanKind.SERVER,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

const SCOPE = { name: 'khop' };
const UNSET = { code: SpanStatusCode.UNSET };
const NO_ATTRIBUTES: Attributes = {};

/** Where spans go, and whose they are. */
export interface SpanSink {
  readonly resource: Resource;
  readonly processor: Pick<SpanProcessor, 'onEnd'>;
  readonly now: () => number;
}

/** Where a span stands among the others. */
export interface SpanPlace {
  readonly context: SpanContext;
  readonly parent: SpanContext | undefined;
  readonly links: Link[];
}

/**
 * A span that is exported when it ends. It is what OpenTelemetry's exporters read, and nothing besides: one of the SDK's own takes several times
 * as long to make, and an import makes one for each record.
 */
export class KeptSpan implements TracedSpan, ReadableSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly traceparent: Traceparent;
  readonly parentSpanContext?: SpanContext;
  readonly startTime: HrTime;
  readonly links: Link[];
  readonly events: ReadableSpan['events'] = [];
  readonly resource: Resource;
  readonly instrumentationScope = SCOPE;
  readonly droppedAttributesCount = 0;
  readonly droppedEventsCount = 0;
  readonly droppedLinksCount = 0;
  attributes: Attributes;
  status: ReadableSpan['status'] = UNSET;
  endTime: HrTime = [0, 0];
  duration: HrTime = [0, 0];
  ended = false;
  readonly #context: SpanContext;
  readonly #startedAt: number;
  readonly #sink: SpanSink;

  constructor(name: string, options: SpanOptions, { context, parent, links }: SpanPlace, sink: SpanSink) {
    this.name = name;
    this.kind = KINDS[options.kind ?? 'internal'];
    this.attributes = options.attributes ?? NO_ATTRIBUTES;
    this.links = links;
    this.resource = sink.resource;
    this.traceparent = formatTraceparent(context);
    this.#context = context;
    this.#sink = sink;
    this.#startedAt = options.startedAt ?? sink.now();
    this.startTime = toHrTime(this.#startedAt);
    if (parent !== undefined) this.parentSpanContext = parent;
    if (options.keep === true) this.keep();
  }

  spanContext(): SpanContext {
    return this.#context;
  }

  set(attributes: Attributes): void {
    this.attributes = { ...this.attributes, ...attributes };
  }

  keep(): void {
    this.set({ [KEEP]: true });
  }

  fail(error: unknown): void {
    const { name, code = name } = describe(error);
    const attributes = { 'exception.type': name, 'exception.message': code };
    this.events.push({ name: 'exception', time: toHrTime(this.#sink.now()), attributes });
    this.status = { code: SpanStatusCode.ERROR, message: code };
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    const now = Math.max(this.#startedAt, this.#sink.now());
    this.endTime = toHrTime(now);
    this.duration = toHrTime(now - this.#startedAt);
    this.#sink.processor.onEnd(this);
  }
}

/** Seconds and nanoseconds of so many milliseconds. */
function toHrTime(milliseconds: number): HrTime {
  const seconds = Math.trunc(milliseconds / 1000);
  return [seconds, Math.round((milliseconds - seconds * 1000) * 1e6)];
}

function describe(error: unknown): { readonly name: string; readonly code?: string } {
  if (!(error instanceof Error)) return { name: 'UnknownError' };
  return 'code' in error && typeof error.code === 'string'
    ? { name: error.name, code: error.code }
    : { name: error.name };
}
