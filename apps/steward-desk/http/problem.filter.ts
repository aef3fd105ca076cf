import { STATUS_CODES } from 'node:http';
import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestFailure } from '../desk-deps.ts';
import { problemOfError } from './problem-of-error.ts';
import { PROBLEM_MEDIA_TYPE, problemBody, type ProblemAnswer } from './problem.ts';

const FAULT: ProblemAnswer = {
  status: 500,
  code: 'internal-error',
  detail: 'Something went wrong inside the hub. Its log has more under this request id.',
};

/** Answers errors as problems. A fault of the hub is told to `onFailure`, and its cause to nobody else. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #onFailure: (failure: RequestFailure) => void;

  constructor(onFailure: (failure: RequestFailure) => void) {
    this.#onFailure = onFailure;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const known = problemOfError(error);
    if (known === undefined) this.#onFailure(failureOf(error, request));
    const answer = known ?? FAULT;
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    // The rest of a body that is too large is not waited for.
    if (answer.status === 413) reply.header('Connection', 'close');
    if (answer.retryAfterSeconds !== undefined) reply.header('Retry-After', String(answer.retryAfterSeconds));
    void reply
      .code(answer.status)
      .type(PROBLEM_MEDIA_TYPE)
      .send(JSON.stringify(problemBody(answer, STATUS_CODES[answer.status] ?? 'Error', request.id)));
  }
}

function failureOf(error: unknown, request: FastifyRequest): RequestFailure {
  const known = error instanceof Error ? error : undefined;
  const code = known !== undefined && 'code' in known && typeof known.code === 'string' ? known.code : undefined;
  const places = known?.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return {
    requestId: request.id,
    method: request.method,
    route: request.routeOptions.url ?? '(none)',
    name: known?.name ?? 'unknown error',
    code,
    stack: places.join('\n'),
  };
}
