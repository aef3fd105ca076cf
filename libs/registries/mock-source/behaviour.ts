import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** How well the source can be reached. */
export interface SourceBehaviour {
  /** Every answer is at least so late. */
  readonly latencyMilliseconds: number;
  /**
   * Share of requests that fail, 0 to 1: one third each is answered 503, loses its connection before anything was done,
   * and loses it after everything was done.
   */
  readonly failureRate: number;
}

export const DEFAULT_BEHAVIOUR: SourceBehaviour = { latencyMilliseconds: 0, failureRate: 0 };

/** Lets the routes of `app` be slow and fail as the settings say at that moment. */
export function misbehave(app: FastifyInstance, settings: () => SourceBehaviour, random: () => number): void {
  const lostAnswers = new WeakSet();

  app.addHook('onRequest', async (request, reply) => {
    const { latencyMilliseconds, failureRate } = settings();
    const draw = random();
    if (latencyMilliseconds > 0) await sleep(latencyMilliseconds);
    if (draw >= failureRate) return;
    if (draw < failureRate / 3) return reply.code(503).send({ code: 'out-of-order' });
    if (draw < (failureRate / 3) * 2) {
      reply.hijack();
      request.raw.destroy();
      return;
    }
    lostAnswers.add(request);
  });

  app.addHook('onSend', async (request, reply, payload) => {
    if (!lostAnswers.has(request)) return payload;
    reply.hijack();
    request.raw.destroy();
    return payload;
  });
}
