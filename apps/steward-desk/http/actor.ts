import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { headerText } from './header-text.ts';
import { problem } from './problem.ts';

/** Until people sign in, this header says who acts. */
export const ACTOR_HEADER = 'Khop-Actor';
const MAX_ACTOR_LENGTH = 100;

/** Who acts; the request ends with `actor-missing` where the header does not say so. */
export const Actor = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const actor = actorOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (actor === undefined) {
    throw problem(
      400,
      'actor-missing',
      `${ACTOR_HEADER} must say who acts: 1 to ${MAX_ACTOR_LENGTH} characters, URI-encoded, no control characters.`,
    );
  }
  return actor;
});

/** Who looks, where that makes a difference; undefined when the header does not say so. */
export const Viewer = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined =>
  actorOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

function actorOf({ headers }: FastifyRequest): string | undefined {
  const actor = headerText(headers['khop-actor']);
  if (actor === undefined || actor.length > MAX_ACTOR_LENGTH || /\p{C}/u.test(actor)) return undefined;
  return actor;
}
