import type { CommandError } from '@kurrent/kurrentdb-client';
import { ErrorType, isCommandError } from '@kurrent/kurrentdb-client';
import { EventStoreUnavailableError, LogDamagedError } from '../port/index.ts';

/** A call that was given up after its time. It may go on by itself, and what it writes may still be written. */
export class LateError extends Error {
  override readonly name = 'LateError';
  readonly code = 'late';
}

/** What a failed write means. */
export type AppendFailure =
  /** A stream has moved on: nothing was written. */
  | { readonly kind: 'conflict' }
  | {
      readonly kind: 'event-too-large';
      readonly stream: string;
      readonly limitBytes: number;
      readonly actualBytes: number;
    }
  | { readonly kind: 'write-too-large'; readonly limitBytes: number; readonly actualBytes: number }
  /** The server was not reached, or said that it does not take writes now. */
  | { readonly kind: 'nothing-written' }
  /** It was sent, and no answer says what became of it. */
  | { readonly kind: 'uncertain' }
  /** Trying again would not help. */
  | { readonly kind: 'refused'; readonly error: unknown };

const UNIMPLEMENTED = 12;
const PERMISSION_DENIED = 7;
const RESOURCE_EXHAUSTED = 8;
const INVALID_ARGUMENT = 3;

/** What grpc-js says when no connection came about: then nothing was sent. */
const NOT_SENT = /No connection established|Name resolution failed|Failed to discover/u;

/** The server answers so before it writes: it is not the leader, is starting, or has too much to do. */
const NOT_TAKEN = /NotLeaderNodeErrorDetails|RetryInfo/u;

/** Reads an error of `multiStreamAppend`. */
export function appendFailure(error: unknown): AppendFailure {
  if (error instanceof LateError) return { kind: 'uncertain' };
  if (NOT_SENT.test(messageOf(error)) || wasNotTaken(error)) return { kind: 'nothing-written' };
  if (!isOfServer(error)) return rawFailure(error);
  switch (error.type) {
    case ErrorType.WRONG_EXPECTED_VERSION:
    case ErrorType.APPEND_CONSISTENCY_VIOLATION:
      return { kind: 'conflict' };
    case ErrorType.APPEND_RECORD_SIZE_EXCEEDED:
      return { kind: 'event-too-large', stream: error.stream, limitBytes: error.maxSize, actualBytes: error.size };
    case ErrorType.TRANSACTION_MAX_SIZE_EXCEEDED:
      return { kind: 'write-too-large', limitBytes: error.maxSize, actualBytes: error.size };
    case ErrorType.NOT_LEADER:
      return { kind: 'nothing-written' };
    case ErrorType.TIMEOUT:
    case ErrorType.DEADLINE_EXCEEDED:
    case ErrorType.UNAVAILABLE:
    case ErrorType.CANCELLED:
      return { kind: 'uncertain' };
    case ErrorType.UNKNOWN:
      return codeOf(error) === undefined ? { kind: 'uncertain' } : rawFailure(error);
    default:
      return { kind: 'refused', error: refusalOf(error) };
  }
}

/** What the client has no class for tells itself by its gRPC status alone. */
function rawFailure(error: unknown): AppendFailure {
  switch (codeOf(error)) {
    case undefined:
      return { kind: 'refused', error };
    case PERMISSION_DENIED:
    case UNIMPLEMENTED:
    case RESOURCE_EXHAUSTED:
    case INVALID_ARGUMENT:
      return { kind: 'refused', error: refusalOf(error) };
    default:
      return { kind: 'uncertain' };
  }
}

/** What a failed read means: `unavailable` passes, `rejected` may be the server's answer to this very question. */
export type ReadFailure =
  { readonly kind: 'no-stream' | 'unavailable' | 'rejected' } | { readonly kind: 'refused'; readonly error: unknown };

/** Reads an error of `readStream` and `readAll`. */
export function readFailure(error: unknown): ReadFailure {
  if (error instanceof LateError) return { kind: 'unavailable' };
  if (!isOfServer(error)) {
    // The client stumbles over some of the errors of its native part, and throws a `TypeError` of its own.
    return error instanceof LogDamagedError ? { kind: 'refused', error } : { kind: 'unavailable' };
  }
  switch (error.type) {
    case ErrorType.STREAM_NOT_FOUND:
      return { kind: 'no-stream' };
    case ErrorType.STREAM_DELETED:
    case ErrorType.ACCESS_DENIED:
    case ErrorType.INVALID_ARGUMENT:
      return { kind: 'refused', error: refusalOf(error) };
    case ErrorType.UNKNOWN:
      return { kind: 'rejected' };
    default:
      return { kind: 'unavailable' };
  }
}

/** The port's error for what the server will not do. No message holds the connection string. */
function refusalOf(error: unknown): unknown {
  const type = isOfServer(error) ? error.type : undefined;
  if (type === ErrorType.ACCESS_DENIED || codeOf(error) === PERMISSION_DENIED) {
    return new EventStoreUnavailableError(
      'The KurrentDB server does not let this user in, or not to what the log needs: reading $all and writing streams.',
      { cause: error },
    );
  }
  if (type === ErrorType.UNSUPPORTED || codeOf(error) === UNIMPLEMENTED) {
    return new EventStoreUnavailableError('The KurrentDB server is too old: it has to be of version 25.1 or later.', {
      cause: error,
    });
  }
  if (type === ErrorType.STREAM_DELETED || type === ErrorType.STREAM_TOMBSTONED) {
    return new LogDamagedError('A stream of the log was deleted on the KurrentDB server.', { cause: error });
  }
  return new EventStoreUnavailableError('The KurrentDB server refuses what it was asked.', { cause: error });
}

function wasNotTaken(error: unknown): boolean {
  const raw: unknown = isOfServer(error) ? error._raw : error;
  const code = codeOf(raw);
  return (code === 9 || code === 14) && NOT_TAKEN.test(detailsOf(raw));
}

/** The status details of the server's answer as text: the names of their types stand in them as they are. */
function detailsOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('metadata' in error)) return '';
  const { metadata } = error;
  const [first] = isMetadata(metadata) ? metadata.get('grpc-status-details-bin') : [];
  return Buffer.isBuffer(first) ? first.toString('latin1') : '';
}

function isMetadata(value: unknown): value is { get(name: string): readonly unknown[] } {
  return typeof value === 'object' && value !== null && 'get' in value && typeof value.get === 'function';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

function codeOf(error: unknown): number | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number'
    ? error.code
    : undefined;
}

function isOfServer(error: unknown): error is CommandError {
  return error instanceof Error && isCommandError(error);
}
