export {
  startTracing,
  tracing,
  type SpanOptions,
  type TracedSpan,
  type Tracing,
  type TracingOptions,
} from './tracing.ts';
export { TRACING_SETTINGS } from './tracing.settings.ts';
export { parseTraceparent, type Traceparent } from './traceparent.ts';
