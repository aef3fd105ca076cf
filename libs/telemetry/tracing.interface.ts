import type { SpanProcessor } from '@opentelemetry/sdk-trace';
import type { SpanOptions, TracedSpan } from './span.ts';
import type { Traceparent } from './traceparent.ts';

/** The tracing of this thread. Until it is started, and where it is not wanted, it costs nothing and passes traces on. */
export interface Tracing {
  readonly enabled: boolean;
  /**
   * Whether what comes of this is traced: false for what no trace is known of. To be asked, wherever there are many, before anything is made
   * for a span.
   */
  follows(traceparent: Traceparent | undefined): boolean;
  start(name: string, options?: SpanOptions): TracedSpan;
  /** Traces some work to its end; what it throws is recorded and thrown on. */
  run<T>(name: string, options: SpanOptions, work: (span: TracedSpan) => Promise<T>): Promise<T>;
  /** The moment at which work begins whose span is started later. */
  now(): number;
  /** Sends what is still waiting. Never throws: traces are not worth a failure. */
  close(): Promise<void>;
}

export interface TracingOptions {
  /** The service that the spans are of. */
  readonly service: string;
  readonly instance?: string;
  /** Base address of an OTLP receiver (HTTP). Empty: no tracing. */
  readonly endpoint: string;
  /** Part of the traces that is kept, from 0 to 1. */
  readonly ratio: number;
  /** Where spans go instead of the endpoint. */
  readonly processor?: SpanProcessor;
}
