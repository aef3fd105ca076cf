import Type, { type Static } from 'typebox';

/** The stable codes of problems that are not a refusal of a command: those have the codes of the domain. */
export const PROBLEM_CODES = [
  'actor-missing',
  'body-invalid',
  'body-not-json',
  'body-too-deep',
  'body-too-large',
  'command-contended',
  'cursor-invalid',
  'dead-letter-not-found',
  'disk-full',
  'dry-run-not-found',
  'host-unknown',
  'import-not-found',
  'internal-error',
  'not-found',
  'not-acceptable',
  'not-on-this-desk',
  'outcome-unknown',
  'position-invalid',
  'quarantine-item-not-found',
  'quarantine-resolved-already',
  'rate-limited',
  'reconciliation-not-found',
  'record-not-found',
  'request-invalid',
  'row-still-rejected',
  'store-unavailable',
  'too-many-imports',
  'unsupported-media-type',
  'upload-broken-off',
  'view-not-ready',
  'views-behind',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** What is wrong with one field of a request; the value is never repeated. */
export const FieldProblem = Type.Object({
  field: Type.String({ description: 'Path of the field, such as `filter.checks.0`' }),
  problems: Type.Array(Type.String()),
});
export type FieldProblem = Static<typeof FieldProblem>;

/** An error by RFC 9457 (`application/problem+json`). */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'A URI reference that ends with the code' }),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: 'Stable: for programs to tell problems apart by' }),
    detail: Type.Optional(Type.String()),
    instance: Type.String({ description: 'Ends with the request id, by which a fault is found in the log' }),
    errors: Type.Optional(Type.Array(FieldProblem)),
  },
  { title: 'Problem', description: 'What more a code carries stands beside these members.' },
);
export type Problem = Static<typeof Problem>;
