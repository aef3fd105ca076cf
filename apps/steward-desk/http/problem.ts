import type { FieldProblem, ProblemCode } from '#contracts/http';

/** What stands beside the standard members: what a program needs to go on, such as who holds an item. */
export type ProblemMembers = Readonly<Record<string, unknown>>;

/** What to answer instead of a result. Nothing personal may stand in it. */
export interface ProblemAnswer {
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly errors?: readonly FieldProblem[];
  readonly members?: ProblemMembers;
  /** Seconds after which it may be tried again. */
  readonly retryAfterSeconds?: number;
}

/** Ends a request with a problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: string;
  readonly problem: ProblemAnswer;

  constructor(problem: ProblemAnswer) {
    super(problem.detail ?? problem.code);
    this.code = problem.code;
    this.problem = problem;
  }
}

/** A problem that is none of the domain's. */
export function problem(status: number, code: ProblemCode, detail: string): ProblemError {
  return new ProblemError({ status, code, detail });
}

export const notFound = (code: ProblemCode, detail: string): ProblemError => problem(404, code, detail);

export const PROBLEM_MEDIA_TYPE = 'application/problem+json; charset=utf-8';

/** The body by RFC 9457. */
export function problemBody(
  { status, code, detail, errors, members }: ProblemAnswer,
  title: string,
  requestId: string,
): Record<string, unknown> {
  return {
    type: `urn:khop:problem:${code}`,
    title,
    status,
    code,
    ...(detail !== undefined && { detail }),
    instance: `urn:khop:request:${requestId}`,
    ...(errors !== undefined && { errors }),
    ...members,
  };
}
