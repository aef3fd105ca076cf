import type { FastifyInstance, FastifyRequest } from 'fastify';
import { tracing, traceparentIn, type TracedSpan, type Traceparent } from '#libs/telemetry';

const spans = new WeakMap<FastifyRequest, TracedSpan>();

/** What a request to change something at the source belongs to: its own span, and without tracing whatever it names. */
export const traceOf = (request: FastifyRequest): Traceparent | undefined =>
  spans.get(request)?.traceparent ?? traceparentIn(request.headers['traceparent']);

/** A span for each request that changes something; those that only ask are many, and say nothing. */
export function traceRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (!tracing().enabled || request.method === 'GET') return;
    const route = request.routeOptions.url ?? '';
    const span = tracing().start(`${request.method} ${route}`, {
      kind: 'server',
      parent: traceparentIn(request.headers['traceparent']),
      attributes: { 'http.request.method': request.method, 'http.route': route },
    });
    spans.set(request, span);
  });
  app.addHook('onResponse', async (request, reply) => {
    const span = spans.get(request);
    span?.set({ 'http.response.status_code': reply.statusCode });
    span?.end();
  });
}
