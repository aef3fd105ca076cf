import { randomFillSync } from 'node:crypto';
import type { SpanContext } from '@opentelemetry/api';

/**
 * Where a piece of work stands in its trace, in the form of W3C Trace Context: `00-<trace>-<span>-<flags>`. It travels in events'
 * metadata, in messages' headers and over HTTP.
 */
export type Traceparent = string;

const FORM = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;
const SAMPLED = 1;

/** The context that a traceparent names; undefined for anything that is none. */
export function parseTraceparent(text: string | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] = FORM.exec(text ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & SAMPLED, isRemote: true };
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
const CONTEXT_BYTES = 24;
const pool = Buffer.alloc(CONTEXT_BYTES * 128);
let used = pool.length;

/** The beginning of a trace that is not kept: its id is all that is ever known of it. */
export function unsampledTraceparent(): Traceparent {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const start = used;
  used += CONTEXT_BYTES;
  const traceId = pool.toString('hex', start, start + TRACE_BYTES);
  return `00-${traceId}-${pool.toString('hex', start + TRACE_BYTES, used)}-00`;
}
