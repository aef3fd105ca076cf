import type { FastifyInstance } from 'fastify';

/** How long an answer took. The route is the pattern, never the address, which may hold anything. */
export interface MeasuredAnswer {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** Tells of each answer how long it took. */
export function measureAnswers(server: FastifyInstance, onAnswer: (answer: MeasuredAnswer) => void): void {
  server.addHook('onResponse', async ({ method, routeOptions }, { statusCode, elapsedTime }) => {
    onAnswer({ method, route: routeOptions.url ?? '(none)', status: statusCode, seconds: elapsedTime / 1000 });
  });
}
