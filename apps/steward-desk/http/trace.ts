import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseTraceparent, traceparentIn, tracing, type TracedSpan, type Traceparent } from '#libs/telemetry';

const spans = new WeakMap<FastifyRequest, TracedSpan>();

/** The trace that a request belongs to: its own span, and without tracing what it names (W3C `traceparent`), if anything. */
export const Trace = createParamDecorator((_: unknown, context: ExecutionContext): Traceparent | undefined => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return spans.get(request)?.traceparent ?? traceparentIn(request.headers['traceparent']);
});

/** The id of a trace, by which it is found; null when there is none. */
export const traceIdOf = (traceparent: string | undefined): string | null =>
  parseTraceparent(traceparent)?.traceId ?? null;

/** An answer of this kind is a failure of the hub, and seen whatever becomes of its trace. */
const FIRST_FAULT = 500;

/** The hub could not answer: the status is all that a trace tells of it. */
class RequestFailedError extends Error {
  override readonly name = 'RequestFailedError';
  readonly code: string;

  constructor(status: number) {
    super(`status ${status}`);
    this.code = String(status);
  }
}

/** A span for each request: it has the name of the route, never the address, which may hold anything. */
export function traceRequests(server: FastifyInstance): void {
  server.addHook('onRequest', async (request) => {
    if (!tracing().enabled || request.routeOptions.url?.startsWith('/health') === true) return;
    const route = request.routeOptions.url ?? '(none)';
    const span = tracing().start(`${request.method} ${route}`, {
      kind: 'server',
      parent: traceparentIn(request.headers['traceparent']),
      attributes: { 'http.request.method': request.method, 'http.route': route, 'khop.request.id': request.id },
    });
    spans.set(request, span);
  });
  server.addHook('onResponse', async (request, reply) => {
    const span = spans.get(request);
    if (span === undefined) return;
    span.set({ 'http.response.status_code': reply.statusCode });
    if (reply.statusCode >= FIRST_FAULT) span.fail(new RequestFailedError(reply.statusCode));
    span.end();
  });
}
