export { startTracing, startTracingBy, tracing } from './tracing.ts';
export type { Tracing, TracingOptions } from './tracing.interface.ts';
export type { SpanOptions, TracedSpan } from './span.ts';
export { TRACING_SETTINGS } from './tracing.settings.ts';
export { parseTraceparent, traceparentIn, type Traceparent } from './traceparent.ts';
