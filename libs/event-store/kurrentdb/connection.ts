import { setTimeout as sleep } from 'node:timers/promises';
import type { KurrentClient } from './client.ts';
import type { Settings } from './settings.ts';
import { EventStoreUnavailableError } from '../port/index.ts';
import { connectClient } from './client.ts';
import { clientConnectionString } from './connection-string.ts';
import { appendFailure, LateError, readFailure } from './failures.ts';

/** The server did not give what was asked for, and gave no reason that would pass. */
export class ReadRejectedError extends EventStoreUnavailableError {}

/**
 * The way to the server. Reads and writes have a client each: reading goes through the client's native part, whose connection does not come back once it has
 * failed, so that a new one has to be made; that must not cut off a write that waits for its answer.
 */
export interface Connection {
  /** Everything that `query` gives; nothing when it asks for a stream that is not there. Tries again for a while. */
  read<T>(query: (client: KurrentClient) => AsyncIterable<T>, milliseconds: number): Promise<readonly T[]>;
  /** Runs one write. Does not try again. Throws the client's errors, and `LateError` when it takes too long. */
  write<T>(work: (client: KurrentClient) => Promise<T>): Promise<T>;
  /** The client whose connection also carries live subscriptions. */
  writer(): KurrentClient;
  /** Waits before try number `tries` + 1. */
  pause(tries: number): Promise<void>;
  close(): Promise<void>;
  readonly closed: boolean;
}

const REJECTED_TRIES = 3;
/** Time for an answer to come in after the server's own deadline. */
const ANSWER_MILLISECONDS = 2_000;

/** Connects when it is first used. Throws `TypeError` for a connection string that is none. */
export function openConnection(settings: Settings): Connection {
  const { appendMilliseconds, readMilliseconds, scanMilliseconds } = settings;
  const connect = (deadlineMilliseconds: number): KurrentClient =>
    (settings.connect ?? connectClient)(clientConnectionString(settings, deadlineMilliseconds));
  // The client knows one deadline for all its calls, and its native part ends every read by it, however it goes.
  const connectReader = (): KurrentClient => connect(Math.max(readMilliseconds, scanMilliseconds));
  const connectWriter = (): KurrentClient => connect(appendMilliseconds);
  let reader = connectReader();
  let writer = connectWriter();
  let closed = false;

  async function pause(tries: number): Promise<void> {
    const longest = Math.min(settings.maxRetryMilliseconds, settings.retryMilliseconds * 2 ** Math.min(tries, 20));
    await sleep(longest * (0.5 + Math.random() / 2));
  }

  async function read<T>(
    query: (client: KurrentClient) => AsyncIterable<T>,
    milliseconds: number,
  ): Promise<readonly T[]> {
    const until = performance.now() + settings.patienceMilliseconds;
    for (let tries = 0; ; tries++) {
      if (closed) throw new EventStoreUnavailableError('This event store is closed.');
      const client = reader;
      try {
        return await within(milliseconds, gather(query(client)));
      } catch (error) {
        const failure = readFailure(error);
        if (failure.kind === 'no-stream') return [];
        if (failure.kind === 'refused') throw failure.error;
        if (reader === client) reader = connectReader();
        if (failure.kind === 'rejected' && tries >= REJECTED_TRIES) {
          throw new ReadRejectedError('The KurrentDB server rejects a read.', { cause: error });
        }
        if (performance.now() >= until) {
          throw new EventStoreUnavailableError('The KurrentDB server does not answer. Try again.', { cause: error });
        }
      }
      await pause(tries);
    }
  }

  async function write<T>(work: (client: KurrentClient) => Promise<T>): Promise<T> {
    const client = writer;
    try {
      return await within(appendMilliseconds + ANSWER_MILLISECONDS, work(client));
    } catch (error) {
      const { kind } = appendFailure(error);
      // A client stays with a node that leads no longer: it does not understand that answer of a server of version 25.
      if ((kind === 'nothing-written' || kind === 'uncertain') && writer === client && !closed) {
        writer = connectWriter();
      }
      throw error;
    }
  }

  return {
    read,
    write,
    writer: () => writer,
    pause,
    async close() {
      closed = true;
      await Promise.all([reader.dispose(), writer.dispose()]);
    },
    get closed() {
      return closed;
    },
  };
}

async function gather<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LateError(`There was no answer in ${milliseconds} ms.`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // Whoever is not waited for any more may still fail.
    work.catch(() => undefined);
  }
}
