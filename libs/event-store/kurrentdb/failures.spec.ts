import { describe, expect, it } from '@jest/globals';
import { Metadata, status } from '@grpc/grpc-js';
import {
  AccessDeniedError,
  AppendRecordSizeExceededError,
  CancelledError,
  convertToCommandError,
  DeadlineExceededError,
  NotLeaderError,
  StreamDeletedError,
  StreamNotFoundError,
  StreamTombstonedError,
  TimeoutError,
  TransactionMaxSizeExceededError,
  UnavailableError,
  UnknownError,
  UnsupportedError,
  WrongExpectedVersionError,
} from '@kurrent/kurrentdb-client';
import { EventStoreUnavailableError, LogDamagedError } from '../port/index.ts';
import { appendFailure, LateError, readFailure } from './failures.ts';

/** An error of grpc-js as the client gets it. */
function serviceError(code: status, message: string, entries: Readonly<Record<string, string | Buffer>> = {}) {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(entries)) metadata.add(key, value);
  return Object.assign(new Error(`${code} ${message}`), { code, details: message, metadata });
}

/** A `google.rpc.Status` with one detail of this type, as the server sends it. */
function details(type: string) {
  const url = Buffer.from(`type.googleapis.com/${type}`);
  const any = Buffer.concat([Buffer.from([0x0a, url.length]), url]);
  return { 'grpc-status-details-bin': Buffer.concat([Buffer.from([0x08, 14, 0x1a, any.length]), any]) };
}

const converted = (code: status, message: string, entries = {}): unknown =>
  convertToCommandError(serviceError(code, message, entries));

describe('a failed write', () => {
  it.each<[string, unknown, string]>([
    [
      'a moved stream',
      WrongExpectedVersionError.fromRevisionConflict({ stream: 'khop:a', expectedRevision: '-1', actualRevision: '4' }),
      'conflict',
    ],
    [
      'no connection',
      converted(status.UNAVAILABLE, 'No connection established. Last error: connect ECONNREFUSED'),
      'nothing-written',
    ],
    [
      'no connection, asked what the server can do',
      serviceError(status.UNAVAILABLE, 'No connection established.'),
      'nothing-written',
    ],
    [
      'an unknown host',
      converted(status.UNAVAILABLE, 'Name resolution failed for target dns:nowhere:2113'),
      'nothing-written',
    ],
    ['no node of the cluster', new Error('Failed to discover after 10 attempts.'), 'nothing-written'],
    [
      'a server that starts',
      converted(status.UNAVAILABLE, 'The server is not yet ready', details('google.rpc.RetryInfo')),
      'nothing-written',
    ],
    [
      'a follower of version 25',
      converted(
        status.FAILED_PRECONDITION,
        'not the leader',
        details('kurrentdb.protocol.v2.errors.NotLeaderNodeErrorDetails'),
      ),
      'nothing-written',
    ],
    [
      'a follower',
      converted(status.NOT_FOUND, 'Leader info available', {
        exception: 'not-leader',
        'leader-endpoint-host': 'b',
        'leader-endpoint-port': '2113',
      }),
      'nothing-written',
    ],
    ['a lost connection', converted(status.UNAVAILABLE, 'Connection dropped'), 'uncertain'],
    ['a reset', converted(status.UNAVAILABLE, 'read ECONNRESET'), 'uncertain'],
    ['an internal error', converted(status.INTERNAL, 'Received RST_STREAM'), 'uncertain'],
    ['the deadline', converted(status.DEADLINE_EXCEEDED, 'Deadline exceeded'), 'uncertain'],
    [
      'the deadline of the server',
      converted(status.DEADLINE_EXCEEDED, 'Operation timed out', details('google.rpc.RetryInfo')),
      'uncertain',
    ],
    ['a timeout', new TimeoutError(), 'uncertain'],
    ['a cancelled call', new CancelledError(), 'uncertain'],
    ['something unknown', new UnknownError(), 'uncertain'],
    ['an unknown status', serviceError(status.ABORTED, 'aborted'), 'uncertain'],
    ['no answer', new LateError('late'), 'uncertain'],
  ])('by %s', (_, error, kind) => {
    expect(appendFailure(error)).toEqual({ kind });
  });

  it('for its size tells both sizes', () => {
    const size = { size: 20, maxSize: 10 };

    expect(appendFailure(new TransactionMaxSizeExceededError(serviceError(status.ABORTED, 'too large'), size))).toEqual(
      {
        kind: 'write-too-large',
        limitBytes: 10,
        actualBytes: 20,
      },
    );
    const event = { ...size, stream: 'khop:a', recordId: 'x' };
    expect(
      appendFailure(new AppendRecordSizeExceededError(serviceError(status.INVALID_ARGUMENT, 'too large'), event)),
    ).toEqual({
      kind: 'event-too-large',
      stream: 'khop:a',
      limitBytes: 10,
      actualBytes: 20,
    });
  });

  it.each<[string, unknown, abstract new (...args: never[]) => Error]>([
    ['a user without rights', new AccessDeniedError(), EventStoreUnavailableError],
    ['a user that is not known', converted(status.UNAUTHENTICATED, 'Unauthenticated'), EventStoreUnavailableError],
    [
      'a user without rights, of version 25',
      converted(status.PERMISSION_DENIED, 'Access denied'),
      EventStoreUnavailableError,
    ],
    ['an old server', new UnsupportedError('multiStreamAppend', '25.1'), EventStoreUnavailableError],
    [
      'a message that is too large',
      converted(status.RESOURCE_EXHAUSTED, 'Received message larger than max'),
      EventStoreUnavailableError,
    ],
    [
      'a stream that was deleted for ever',
      new StreamTombstonedError(serviceError(status.FAILED_PRECONDITION, 'gone'), { stream: 'khop:a' }),
      LogDamagedError,
    ],
    ['a mistake in the program', new TypeError('x is not a function'), TypeError],
  ])('is given up for %s', (_, error, expected) => {
    const failure = appendFailure(error);

    expect(failure).toEqual({ kind: 'refused', error: expect.any(expected) });
  });
});

describe('a failed read', () => {
  it.each<[string, unknown, string]>([
    ['no such stream', new StreamNotFoundError(undefined, 'khop:a'), 'no-stream'],
    ['no connection', new UnavailableError(), 'unavailable'],
    ['the deadline', new DeadlineExceededError(), 'unavailable'],
    [
      'a follower',
      new NotLeaderError(
        serviceError(status.NOT_FOUND, 'x', { 'leader-endpoint-host': 'b', 'leader-endpoint-port': '1' }),
      ),
      'unavailable',
    ],
    [
      'an error that the client stumbles over',
      new TypeError("Cannot read properties of undefined (reading 'getMap')"),
      'unavailable',
    ],
    ['no answer', new LateError('late'), 'unavailable'],
    ['an answer to this question', new UnknownError(), 'rejected'],
  ])('by %s', (_, error, kind) => {
    expect(readFailure(error)).toEqual({ kind });
  });

  it.each<[string, unknown, abstract new (...args: never[]) => Error]>([
    ['a user without rights', new AccessDeniedError(), EventStoreUnavailableError],
    ['a stream that was deleted for ever', StreamDeletedError.fromStreamName('khop:a'), LogDamagedError],
    ['an event that is not as it was written', new LogDamagedError('x'), LogDamagedError],
  ])('is given up for %s', (_, error, expected) => {
    expect(readFailure(error)).toEqual({ kind: 'refused', error: expect.any(expected) });
  });
});
