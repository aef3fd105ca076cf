import type { AppendResult } from '../port/index.ts';
import type { EncodedAppend } from './event.codec.ts';
import type { Settings } from './settings.ts';
import { EventStoreUnavailableError, OutcomeUnknownError } from '../port/index.ts';

/** An append that waits for its result. */
export interface Job {
  readonly append: EncodedAppend;
  readonly call: Call;
  readonly settle: (result: AppendResult) => void;
}

/** The appends of one call, which are answered together. */
export interface Call {
  /** Something of it was written: the call can't be said to have left nothing any more. */
  written: boolean;
  over: boolean;
  readonly fail: (error: unknown) => void;
}

/** Takes calls in order; one after the other, as many waiting appends as may go into one write are handed on. */
export interface WriteQueue {
  append(appends: readonly EncodedAppend[]): Promise<readonly AppendResult[]>;
  /** Resolves once everything taken so far is answered. */
  settled(): Promise<void>;
}

/** `write` settles every job that it is given, or throws. */
export function openWriteQueue(settings: Settings, write: (jobs: readonly Job[]) => Promise<void>): WriteQueue {
  let queue: Job[] = [];
  let calls = 0;
  let draining: Promise<void> | undefined;

  async function drain(): Promise<void> {
    // One turn of the event loop, so that calls of the same moment share a write.
    await new Promise(setImmediate);
    while (queue.length > 0) {
      const jobs = queue.splice(0, fitting(queue, settings));
      try {
        await write(jobs);
      } catch (error) {
        for (const { call } of jobs) giveUp(call, error);
      }
    }
    draining = undefined;
  }

  function giveUp(call: Call, error: unknown): void {
    if (call.over) return;
    const unsure = call.written && error instanceof EventStoreUnavailableError;
    call.fail(unsure ? halfDone(error) : error);
    queue = queue.filter((job) => job.call !== call);
  }

  function take(appends: readonly EncodedAppend[]): Promise<readonly AppendResult[]> {
    return new Promise((resolve, reject) => {
      const results = new Map<number, AppendResult>();
      calls += 1;
      const end = (): void => {
        calls -= 1;
        call.over = true;
      };
      const call: Call = {
        written: false,
        over: false,
        fail: (error) => {
          end();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      };
      appends.forEach((append, index) => {
        const settle = (result: AppendResult): void => {
          results.set(index, result);
          if (results.size < appends.length || call.over) return;
          end();
          resolve(appends.flatMap((_, at) => results.get(at) ?? []));
        };
        queue.push({ append, call, settle });
      });
      draining ??= drain();
    });
  }

  return {
    append(appends) {
      if (appends.length === 0) return Promise.resolve([]);
      if (calls >= settings.maxQueuedAppends) {
        return Promise.reject(new EventStoreUnavailableError(`${calls} appends are waiting already. Try again later.`));
      }
      const events = appends.reduce((sum, append) => sum + append.events.length, 0);
      if (events > settings.maxBatchEvents) {
        return Promise.reject(new RangeError(`A batch has at most ${settings.maxBatchEvents} events, not ${events}.`));
      }
      return take(appends);
    },
    settled: async () => draining,
  };
}

/**
 * How many of the first jobs go into one write. A stream stands in it once, and the server takes names for the same that differ
 * in upper and lower case only.
 */
function fitting(queue: readonly Job[], { writeBytes, writeAppends }: Settings): number {
  const streams = new Set<string>();
  let bytes = 0;
  for (const { append } of queue.slice(0, writeAppends)) {
    const stream = append.stream.toUpperCase();
    bytes += append.bytes;
    if (streams.has(stream) || (streams.size > 0 && bytes > writeBytes)) break;
    streams.add(stream);
  }
  return streams.size;
}

function halfDone(error: EventStoreUnavailableError): OutcomeUnknownError {
  return new OutcomeUnknownError('Only a part of a batch was written. Append the same again.', { cause: error });
}
