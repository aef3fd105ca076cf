import { ValidationPipe, type ValidationError } from '@nestjs/common';
import type { FieldProblem } from '#contracts/http';
import { ProblemError } from './problem.ts';

const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,60}$/;

/** Checks requests against their DTOs and names every problem at once, by field, without the value. */
export const validationPipe = (): ValidationPipe =>
  new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => invalid(errors.flatMap((error) => fieldProblems(error, ''))),
  });

export const invalid = (errors: readonly FieldProblem[]): ProblemError =>
  new ProblemError({
    status: 400,
    code: 'request-invalid',
    detail: errors.length === 1 ? 'A field is wrong.' : `${errors.length} fields are wrong.`,
    errors,
  });

function fieldProblems({ property, constraints, children }: ValidationError, parent: string): readonly FieldProblem[] {
  const field = `${parent}${FIELD_NAME.test(property) || /^[0-9]+$/.test(property) ? property : '(other)'}`;
  const own = Object.entries(constraints ?? {}).map(([rule, message]) =>
    rule === 'whitelistValidation' ? 'is no field of this request' : message,
  );
  const below = (children ?? []).flatMap((child) => fieldProblems(child, `${field}.`));
  return own.length === 0 ? below : [{ field, problems: own }, ...below];
}
