import type { FastifyInstance } from 'fastify';
import type { StewardDeskDeps } from '../desk-deps.ts';
import { problem, ProblemError } from './problem.ts';

/** A read that carries a position sees what is in the log up to there; the answer to a command says which that is. */
const HEADER = 'khop-position';

const RETRY_AFTER_SECONDS = 1;

/**
 * Whoever has written through one desk and reads through another sends the position of what they wrote: the answer waits for it, for a
 * bounded time. Then it is 503, and to be asked again.
 */
export function waitForPosition(server: FastifyInstance, { operations, settings }: StewardDeskDeps): void {
  server.addHook('onRequest', async (request) => {
    const text = request.headers[HEADER];
    if (text === undefined || request.raw.url?.startsWith('/api/v') !== true) return;
    const position = Number(text);
    if (!Number.isSafeInteger(position) || position < 0) {
      throw problem(400, 'position-invalid', 'Khop-Position is the position that the answer to a command has named.');
    }
    const current = await operations.viewsCaughtUpTo(position, settings.readYourWritesMilliseconds).catch(() => false);
    if (current) return;
    throw new ProblemError({
      status: 503,
      code: 'views-behind',
      detail: 'This desk has not read that far yet: ask again.',
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  });
}
