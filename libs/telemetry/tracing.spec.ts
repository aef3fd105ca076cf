import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SpanStatusCode } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace';
import type { Tracing } from './tracing.interface.ts';
import { startTracing, tracing } from './tracing.ts';
import { parseTraceparent } from './traceparent.ts';

const ORIGIN = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const ORIGIN_NOT_KEPT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';

describe('tracing', () => {
  let exporter: InMemorySpanExporter;
  let started: Tracing;
  const startWith = async (ratio: number): Promise<void> => {
    started = await startTracing({
      service: 'linker',
      endpoint: '',
      ratio,
      processor: new SimpleSpanProcessor({ exporter }),
    });
  };
  const only = (): ReadableSpan => {
    const [span, ...others] = exporter.getFinishedSpans();
    if (span === undefined || others.length > 0) throw new Error(`${others.length} spans beside the first`);
    return span;
  };

  beforeEach(() => {
    exporter = new InMemorySpanExporter();
  });
  afterEach(() => started.close());

  it('is of the service that started it', async () => {
    await startWith(1);
    tracing().start('khop.fold').end();
    expect(only().resource.attributes).toMatchObject({ 'service.name': 'linker' });
  });

  it('makes work a child of what it came from, and hands its own place on', async () => {
    await startWith(0);
    const span = tracing().start('khop.fold', { parent: ORIGIN, kind: 'consumer' });
    span.end();
    expect(only().parentSpanContext).toMatchObject({ spanId: 'b7ad6b7169203331' });
    expect(parseTraceparent(span.traceparent)).toMatchObject({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: only().spanContext().spanId,
    });
  });

  it('decides where a trace begins: what comes of one that is not kept is not kept either', async () => {
    await startWith(1);
    const span = tracing().start('khop.fold', { parent: ORIGIN_NOT_KEPT });
    span.end();
    expect(exporter.getFinishedSpans()).toHaveLength(0);
    expect(span.traceparent).toBe(ORIGIN_NOT_KEPT);
    expect(tracing().follows(span.traceparent)).toBe(false);
  });

  it('keeps what must be kept in a trace of its own, linked to where it came from', async () => {
    await startWith(0);
    const span = tracing().start('khop.reconcile', { parent: ORIGIN_NOT_KEPT, keep: true });
    span.end();
    expect(span.traceparent).toMatch(/-01$/);
    expect(only().parentSpanContext).toBeUndefined();
    expect(only().links.map(({ context }) => context.spanId)).toEqual(['b7ad6b7169203331']);
  });

  it('keeps what must be kept within its trace where that is kept', async () => {
    await startWith(0);
    tracing().start('khop.reconcile', { parent: ORIGIN, keep: true }).end();
    expect(only()).toMatchObject({ parentSpanContext: { spanId: 'b7ad6b7169203331' }, links: [] });
  });

  it('begins a trace that is not kept with an id of its own, and keeps of it only what fails or is worth it', async () => {
    await startWith(0);
    const span = tracing().start('khop.reconcile', { attributes: { 'khop.check': 'birth' } });
    expect(span.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    expect(tracing().start('khop.reconcile').traceparent).not.toBe(span.traceparent);
    const origin = span.traceparent;
    span.set({ 'khop.outcome': 'MISMATCHED' });
    span.keep();
    expect(span.traceparent).toMatch(/-01$/);
    span.end();
    expect(only().attributes).toEqual({ 'khop.check': 'birth', 'khop.outcome': 'MISMATCHED', 'khop.keep': true });
    expect(only().links.map(({ context }) => context.traceId)).toEqual([parseTraceparent(origin)?.traceId]);
  });

  it('keeps an error of a trace that is not kept, with the time that the work took', async () => {
    await startWith(0);
    const startedAt = tracing().now() - 50;
    const span = tracing().start('khop.append', { parent: ORIGIN_NOT_KEPT, startedAt });
    span.fail(new RangeError('too much'));
    span.end();
    expect(only().status.code).toBe(SpanStatusCode.ERROR);
    expect(only().duration[0] * 1e9 + only().duration[1]).toBeGreaterThanOrEqual(49e6);
    expect(only().links).toHaveLength(1);
  });

  it('links a batch to its members, and ignores what is no traceparent', async () => {
    await startWith(1);
    tracing()
      .start('khop.page', { links: [ORIGIN, undefined, 'nonsense'] })
      .end();
    expect(only().links).toHaveLength(1);
  });

  it('records of an error its name and code, never its message', async () => {
    await startWith(1);
    const error = Object.assign(new RangeError('Lò Thị Bưởi'), { code: 'too-large' });
    await expect(tracing().run('khop.append', {}, () => Promise.reject(error))).rejects.toBe(error);
    expect(only().status).toEqual({ code: SpanStatusCode.ERROR, message: 'too-large' });
    expect(only().events).toHaveLength(1);
    expect(JSON.stringify([only().events, only().status])).not.toContain('Bưởi');
  });

  it('passes traces on where it is off', async () => {
    started = await startTracing({ service: 'linker', endpoint: '', ratio: 1 });
    expect(started.enabled).toBe(false);
    expect(tracing().start('khop.fold', { parent: ORIGIN }).traceparent).toBe(ORIGIN);
    expect(await tracing().run('khop.fold', { parent: ORIGIN }, (span) => Promise.resolve(span.traceparent))).toBe(
      ORIGIN,
    );
    expect(tracing().start('khop.fold').traceparent).toBeUndefined();
  });
});

describe('a traceparent', () => {
  it.each([
    ['00', false],
    ['01', true],
    ['02', false],
    ['0a', false],
    ['0b', true],
    ['ff', true],
  ])('with flags %s: kept is %s', async (flags, kept) => {
    const started = await startTracing({
      service: 'linker',
      endpoint: '',
      ratio: 0,
      processor: new SimpleSpanProcessor({ exporter: new InMemorySpanExporter() }),
    });
    expect(started.follows(`00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-${flags}`)).toBe(kept);
    await started.close();
  });

  it.each(['', '00-00000000000000000000000000000000-b7ad6b7169203331-01', '01-x', `${ORIGIN}-more`])(
    'is none: %j',
    (text) => {
      expect(parseTraceparent(text)).toBeUndefined();
    },
  );
});
