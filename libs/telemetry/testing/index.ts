export { recordSpans, traceparentFor, type RecordedSpans, type SeenSpan } from './record-spans.ts';
