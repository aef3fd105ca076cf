export { startTracing, startTracingBy, tracing, type Tracing, type TracingOptions } from './tracing.ts';
export type { SpanOptions, TracedSpan } from './span.ts';
export { TRACING_SETTINGS } from './tracing.settings.ts';
export { parseTraceparent, traceparentIn, type Traceparent } from './traceparent.ts';
