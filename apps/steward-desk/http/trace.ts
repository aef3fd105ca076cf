import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The trace that a request belongs to (W3C `traceparent`); undefined when it names none. */
export const Trace = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => {
  const { traceparent } = context.switchToHttp().getRequest<FastifyRequest>().headers;
  return typeof traceparent === 'string' && TRACEPARENT.test(traceparent) ? traceparent : undefined;
});

/** The id of a trace, by which it is found; null when there is none. */
export const traceIdOf = (traceparent: string | undefined): string | null =>
  TRACEPARENT.exec(traceparent ?? '')?.[1] ?? null;
