import { randomFillSync } from 'node:crypto';
import type { SpanContext } from '@opentelemetry/api';

/**
 * Where a piece of work stands in its trace, in the form of W3C Trace Context: `00-<trace>-<span>-<flags>`. It travels in events'
 * metadata, in messages' headers and over HTTP.
 */
export type Traceparent = string;

const FORM = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
const TRACE_AT = 3;
const SPAN_AT = 36;
const FLAGS_AT = 53;
const SAMPLED = 1;

/** The context that a traceparent names; undefined for anything that is none. */
export function parseTraceparent(text: string | undefined): SpanContext | undefined {
  if (text === undefined || !FORM.test(text)) return undefined;
  return {
    traceId: text.slice(TRACE_AT, SPAN_AT - 1),
    spanId: text.slice(SPAN_AT, FLAGS_AT - 1),
    traceFlags: isSampled(text) ? SAMPLED : 0,
    isRemote: true,
  };
}

/** The text, if it is a traceparent: what comes from outside may be anything. */
export const traceparentIn = (text: unknown): Traceparent | undefined =>
  typeof text === 'string' && parseTraceparent(text) !== undefined ? text : undefined;

export function formatTraceparent({ traceId, spanId, traceFlags }: SpanContext): Traceparent {
  return `00-${traceId}-${spanId}-${(traceFlags & SAMPLED) === 0 ? '00' : '01'}`;
}

const LAST_DIGIT = 54;
const ODD_DIGITS = '13579bdf';

/** Whether the trace is being kept. Looks at one letter: it is asked of every record. */
export const isSampled = (traceparent: Traceparent | undefined): boolean =>
  traceparent !== undefined && traceparent.length > LAST_DIGIT && ODD_DIGITS.includes(traceparent.charAt(LAST_DIGIT));

const TRACE_BYTES = 16;
const SPAN_BYTES = 8;
const pool = Buffer.alloc((TRACE_BYTES + SPAN_BYTES) * 128);
let used = pool.length;

function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
}

/** The beginning of a trace that is kept. */
export const newContext = (): SpanContext => ({
  traceId: randomHex(TRACE_BYTES),
  spanId: randomHex(SPAN_BYTES),
  traceFlags: SAMPLED,
});

/** A new place in the trace of another. */
export const childOf = ({ traceId, traceFlags }: SpanContext): SpanContext => ({
  traceId,
  spanId: randomHex(SPAN_BYTES),
  traceFlags,
});

/** The beginning of a trace that is not kept: its id is all that is ever known of it. */
export const unsampledTraceparent = (): Traceparent => `00-${randomHex(TRACE_BYTES)}-${randomHex(SPAN_BYTES)}-00`;
