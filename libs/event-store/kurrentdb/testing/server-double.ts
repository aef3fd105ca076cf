import type { ServiceError } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { Metadata, status } from '@grpc/grpc-js';
import type {
  AppendStreamRequest,
  MultiAppendResult,
  ReadAllOptions,
  ReadStreamOptions,
  SubscribeToAllOptions,
} from '@kurrent/kurrentdb-client';
import {
  StreamNotFoundError,
  TransactionMaxSizeExceededError,
  UnavailableError,
  UnknownError,
  WrongExpectedVersionError,
} from '@kurrent/kurrentdb-client';
import type { KurrentClient } from '../client.ts';

/** What a server of version 25.1 does as far as the adapter leans on it, read off its source, in memory. */
export interface ServerDouble {
  connect(): KurrentClient;
  /** Ends every connection; clients are refused until it is up again. */
  goDown(): void;
  comeUp(): void;
  /** What happens to the next writes, one after the other; `undefined`: they go well. */
  readonly writeFaults: (WriteFault | undefined)[];
  maxAppendBytes: number;
  /** Clients made so far. */
  readonly clients: number;
  /** All that is in the server's log, its own events too. */
  readonly records: readonly StoredRecord[];
  /** Something that another program or the server itself writes. */
  writeForeign(stream: string, type?: string): void;
}

/** `not-leader`, `lost-before`: nothing is written; `lost-after`: it is, and nobody is told. */
export type WriteFault = 'not-leader' | 'lost-before' | 'lost-after';

interface StoredRecord {
  readonly streamId: string;
  readonly id: string;
  readonly revision: bigint;
  readonly type: string;
  readonly created: Date;
  /** As the wire has it. */
  readonly data: string;
  readonly metadata: string;
  readonly position: { readonly commit: bigint; readonly prepare: bigint };
  /** Where the next record begins. */
  readonly end: bigint;
}

const TYPE = /^[a-zA-Z0-9_.$:-]+$/u;

export function openServerDouble(): ServerDouble {
  const records: StoredRecord[] = [];
  const streams = new Map<string, StoredRecord[]>();
  const subscriptions = new Set<{ matches: (record: StoredRecord) => boolean; emitter: EventEmitter }>();
  const writeFaults: (WriteFault | undefined)[] = [];
  let down = false;
  let clients = 0;

  function store(streamId: string, id: string, type: string, data: string, metadata: string): void {
    const stream = streams.get(streamId) ?? [];
    streams.set(streamId, stream);
    const offset = records.at(-1)?.end ?? 0n;
    const record: StoredRecord = {
      streamId,
      id,
      type,
      data,
      metadata,
      revision: BigInt(stream.length),
      created: new Date(),
      position: { commit: offset, prepare: offset },
      end: offset + 57n + BigInt(data.length),
    };
    stream.push(record);
    records.push(record);
    for (const { matches, emitter } of subscriptions) if (matches(record)) emitter.emit('data', given(record));
  }

  function checkVersions(requests: readonly AppendStreamRequest[]): void {
    const names = new Set(requests.map(({ streamName }) => streamName.toUpperCase()));
    if (names.size < requests.length) throw Object.assign(new Error('A stream stands twice in it.'), { code: 3 });
    for (const { streamName, expectedState, events } of requests) {
      const actual = (streams.get(streamName)?.length ?? 0) - 1;
      const expected = expectedState === 'no_stream' ? -1 : Number(expectedState);
      const wellFormed = events.every(
        ({ type, metadata }) =>
          TYPE.test(type) && Object.values(metadata ?? {}).every((text) => typeof text === 'string'),
      );
      if (events.length === 0 || !wellFormed) throw Object.assign(new Error('It is not valid.'), { code: 3 });
      if (actual === expected) continue;
      throw WrongExpectedVersionError.fromRevisionConflict({
        stream: streamName,
        expectedRevision: String(expected),
        actualRevision: String(actual),
      });
    }
  }

  async function append(requests: AppendStreamRequest[]): Promise<MultiAppendResult> {
    await turn();
    const fault = down ? 'lost-before' : writeFaults.shift();
    if (fault === 'not-leader') throw notLeader();
    if (fault === 'lost-before') throw unavailable('14 UNAVAILABLE: No connection established. Last error: refused');
    const size = JSON.stringify(requests.map(({ events }) => events)).length;
    if (size > doubled.maxAppendBytes) {
      throw new TransactionMaxSizeExceededError(serviceError(status.ABORTED, 'too large'), {
        size,
        maxSize: doubled.maxAppendBytes,
      });
    }
    checkVersions(requests);
    for (const { streamName, events } of requests) {
      for (const { id, type, data, metadata } of events) {
        store(
          streamName,
          id,
          type,
          JSON.stringify(data),
          JSON.stringify(Object.assign({}, metadata, { '$schema.name': type })),
        );
      }
    }
    const position = records.at(-1)?.position.commit ?? 0n;
    // The server writes for itself now and then.
    if (records.length % 7 === 0) store('$stats', randomUUID(), '$statsCollected', '{}', '{}');
    await turn();
    if (fault === 'lost-after') throw unavailable('14 UNAVAILABLE: Connection dropped');
    return { position, responses: [] };
  }

  function connect(): KurrentClient {
    clients += 1;
    // The native part of the client does not come back after its connection has failed.
    let dead = false;
    async function reach(): Promise<void> {
      await turn();
      dead ||= down;
      if (dead) throw new UnavailableError();
    }

    return {
      async *readStream(stream, options) {
        await reach();
        const found = streams.get(stream);
        if (found === undefined) throw new StreamNotFoundError(undefined, stream);
        for (const record of ofStream(found, options)) yield given(record);
      },
      async *readAll(options) {
        await reach();
        for (const record of ofAll(records, options)) yield given(record);
      },
      multiStreamAppend: append,
      subscribeToAll({ filter }: SubscribeToAllOptions) {
        const emitter = new EventEmitter();
        const subscription = { emitter, matches: matcher(filter) };
        void turn().then(() => {
          if (down) return emitter.emit('error', new UnavailableError());
          subscriptions.add(subscription);
          return emitter.emit('confirmation');
        });
        return {
          on: (event, listener) => emitter.on(event, listener),
          unsubscribe: async () => {
            await turn();
            subscriptions.delete(subscription);
          },
        };
      },
      dispose: () => Promise.resolve(),
    };
  }

  const doubled: ServerDouble = {
    connect,
    goDown() {
      down = true;
      for (const { emitter } of subscriptions) emitter.emit('error', new UnavailableError());
      subscriptions.clear();
    },
    comeUp() {
      down = false;
    },
    writeFaults,
    maxAppendBytes: 268_435_456,
    get clients() {
      return clients;
    },
    records,
    writeForeign: (stream, type = 'foreign') => store(stream, randomUUID(), type, '{}', '{}'),
  };
  doubled.writeForeign('$settings', '$UserCreated');
  return doubled;
}

function* ofStream(stream: readonly StoredRecord[], options: ReadStreamOptions): Generator<StoredRecord> {
  const { direction = 'forwards', fromRevision = 'start', maxCount = Number.MAX_SAFE_INTEGER } = options;
  const last = stream.length - 1;
  const from = fromRevision === 'start' ? 0 : fromRevision === 'end' ? last : Number(fromRevision);
  const found = stream.filter(({ revision }) => (direction === 'forwards' ? revision >= from : revision <= from));
  yield* (direction === 'forwards' ? found : found.reverse()).slice(0, Number(maxCount));
}

function* ofAll(records: readonly StoredRecord[], options: ReadAllOptions): Generator<StoredRecord> {
  const { direction = 'forwards', fromPosition = 'start', filter, maxCount = Number.MAX_SAFE_INTEGER } = options;
  const end = records.at(-1)?.end ?? 0n;
  const from = fromPosition === 'start' ? 0n : fromPosition === 'end' ? end : fromPosition.commit;
  if (from < end && !records.some(({ position }) => position.commit === from)) throw new UnknownError();
  const found = records.filter((record) =>
    direction === 'forwards' ? record.position.commit >= from : record.end <= from,
  );
  yield* (direction === 'forwards' ? found : found.reverse()).filter(matcher(filter)).slice(0, Number(maxCount));
}

function matcher(filter: ReadAllOptions['filter']): (record: StoredRecord) => boolean {
  if (filter === undefined) return () => true;
  if (!('regex' in filter)) throw new Error('Prefixes depend on the language of the server.');
  const pattern = new RegExp(filter.regex, 'u');
  return ({ streamId, type }) => pattern.test(filter.filterOn === 'streamName' ? streamId : type);
}

/** As the client gives it. */
function given(record: StoredRecord) {
  const { data, metadata, end: _, ...rest } = record;
  const event = {
    ...rest,
    isJson: true as const,
    data: JSON.parse(data) as Record<string, unknown>,
    metadata: JSON.parse(metadata) as Record<string, unknown>,
  };
  return { event, commitPosition: record.position.commit };
}

function unavailable(message: string): Error {
  return new UnavailableError(serviceError(status.UNAVAILABLE, message));
}

function notLeader(): Error {
  const details = Buffer.from('\u0012type.googleapis.com/kurrentdb.protocol.v2.NotLeaderNodeErrorDetails', 'latin1');
  return serviceError(status.FAILED_PRECONDITION, 'not the leader', details);
}

function serviceError(code: status, message: string, details?: Buffer): ServiceError {
  const metadata = new Metadata();
  if (details !== undefined) metadata.add('grpc-status-details-bin', details);
  return Object.assign(new Error(message), { code, details: message, metadata });
}
