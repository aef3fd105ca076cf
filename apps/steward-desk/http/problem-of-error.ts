import type { ProblemCode } from '#contracts/http';
import { ProblemError, type ProblemAnswer } from './problem.ts';

const DISK_FULL = [
  507,
  'disk-full',
  'The disk that holds the hub’s data directory is full: make room and send the same again.',
] as const;

/** Problems whose errors come from other parts, threads among them: told by their stable code. */
const BY_CODE: Readonly<Record<string, readonly [status: number, code: ProblemCode, detail: string]>> = {
  'event-store-unavailable': [503, 'store-unavailable', 'The log can not be reached just now; nothing was written.'],
  'outcome-unknown': [503, 'outcome-unknown', 'It is not known whether this was written: send the same again.'],
  'reconciliation-contended': [503, 'command-contended', 'Others kept changing the same thing: send the same again.'],
  'quarantine-contention': [503, 'command-contended', 'Others kept changing the same thing: send the same again.'],
  'too-many-imports': [503, 'too-many-imports', 'Too many files wait for their turn: try again later.'],
  ENOSPC: DISK_FULL,
  EDQUOT: DISK_FULL,
  'view-not-ready': [503, 'view-not-ready', 'The view is still being built from the log.'],
  'dead-letter-not-found': [404, 'dead-letter-not-found', 'There is no such dead letter, or not any more.'],
};

const BY_STATUS: Readonly<Record<number, readonly [code: ProblemCode, detail: string]>> = {
  400: ['request-invalid', 'The request can not be read.'],
  404: ['not-found', 'There is nothing at this address, or not for this method.'],
  406: ['not-acceptable', 'The answer can not be given in a form that is asked for.'],
  413: ['body-too-large', 'The body is larger than the hub takes.'],
  414: ['request-invalid', 'The address is longer than the hub takes.'],
  415: ['unsupported-media-type', 'Bodies are application/json.'],
  421: ['host-unknown', 'The hub is not to be reached under this name.'],
  431: ['request-invalid', 'The headers are larger than the hub takes.'],
};

const RETRY_AFTER_SECONDS = 1;

/** What to answer for an error; undefined for a fault of the hub. Messages of others are not repeated: they might hold values. */
export function problemOfError(error: unknown): ProblemAnswer | undefined {
  if (error instanceof ProblemError) return error.problem;
  if (typeof error !== 'object' || error === null) return undefined;
  const known = BY_CODE['code' in error && typeof error.code === 'string' ? error.code : ''];
  if (known !== undefined) {
    const [status, code, detail] = known;
    return { status, code, detail, ...(status === 503 && { retryAfterSeconds: RETRY_AFTER_SECONDS }) };
  }
  const status = statusOf(error);
  if (status === undefined || status < 400 || status > 499) return undefined;
  const [code, detail] = BY_STATUS[status] ?? ['request-invalid', 'The request can not be answered.'];
  return { status, code, detail };
}

/** The status that Nest's and Fastify's own errors carry. */
function statusOf(error: object): number | undefined {
  if ('getStatus' in error && typeof error.getStatus === 'function') return Number(error.getStatus.call(error));
  return 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined;
}
