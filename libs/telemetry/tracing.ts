import type { SpanProcessor } from '@opentelemetry/sdk-trace';
import { readSettings } from '#libs/platform';
import { untraced, type SpanOptions, type TracedSpan } from './span.ts';
import type { Traceparent } from './traceparent.ts';
import { TRACING_SETTINGS } from './tracing.settings.ts';

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

const UNTRACED = untraced(undefined);

const NO_TRACING: Tracing = {
  enabled: false,
  follows: () => false,
  start: (_, options) => (options?.parent === undefined ? UNTRACED : untraced(options.parent)),
  run: (_, options, work) => work(options.parent === undefined ? UNTRACED : untraced(options.parent)),
  now: () => 0,
  close: () => Promise.resolve(),
};

let current = NO_TRACING;

/** The tracing of this thread, as it is at the moment. */
export const tracing = (): Tracing => current;

/** Begins to trace in this thread, where an endpoint is set. To be called before the thread opens anything that it traces. */
export async function startTracing(options: TracingOptions): Promise<Tracing> {
  if (options.endpoint === '' && options.processor === undefined) return NO_TRACING;
  // What is not wanted is not loaded: a command is to start in no time.
  const { record } = await import('./recording.ts');
  const recording = record(options);
  const started: Tracing = {
    ...recording,
    async close() {
      if (current === started) current = NO_TRACING;
      await recording.close();
    },
  };
  current = started;
  return started;
}

/** The same, as the environment says. Throws `SettingsError`. */
export function startTracingBy(environment: NodeJS.ProcessEnv, service: string): Promise<Tracing> {
  return startTracing({ service, ...readSettings(TRACING_SETTINGS, environment) });
}
