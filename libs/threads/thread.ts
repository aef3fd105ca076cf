import { basename } from 'node:path';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { startTracingBy } from '#libs/telemetry';

/** What a thread is told, and what it answers with: plain data that can be cloned. Events never cross, positions do. */
export interface Request {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
}

type FromThread<Status> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'status'; readonly status: Status }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'refused'; readonly id: number; readonly error: ThreadFailure }
  | { readonly kind: 'failed'; readonly error: ThreadFailure };

interface ThreadFailure {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  /** SQLite's result code, where it is one of its errors. */
  readonly errcode: number | undefined;
}

/** What went wrong in a thread, with the name and the codes that it had there. */
export class ThreadError extends Error {
  override readonly name: string;
  readonly code: string | undefined;
  readonly errcode: number | undefined;

  constructor({ name, message, code, errcode }: ThreadFailure) {
    super(message);
    this.name = name;
    this.code = code;
    this.errcode = errcode;
  }
}

/** A part of the hub that runs in a thread of its own. */
export interface Thread {
  /** Asks the thread for something; rejects with `ThreadError` when it refuses or ends. */
  ask(name: string, input?: unknown): Promise<unknown>;
  /** Rejects when the thread fails; resolves when it has been closed. */
  readonly finished: Promise<void>;
  close(): Promise<void>;
}

/**
 * Left to itself, V8 lets the heap of each thread grow with the memory of the machine. A larger young generation than this saves
 * no time here. The old one holds some tens of megabytes. From a bound of 2 GiB up, V8 lets it grow to four times what was left
 * before it marks it again; below, to less than twice that, and marking then takes 17 of 183 µs for each record of an import.
 */
const HEAP = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 2_048 };

/** Starts a thread and resolves once it says that it is ready. Who starts it states what it tells. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export async function startThread<Status>(
  entry: URL,
  input: unknown,
  onStatus: (status: Status) => void,
): Promise<Thread> {
  const worker = new Worker(entry, {
    workerData: input,
    name: basename(entry.pathname, '.thread.js'),
    resourceLimits: HEAP,
  });
  const waiting = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();
  let nextId = 1;
  let closing = false;
  let ended: ThreadError | undefined;
  let failure: ThreadError | undefined;
  const ready = Promise.withResolvers<undefined>();
  const finished = Promise.withResolvers<undefined>();
  finished.promise.catch(() => undefined);

  worker.on('message', (message: FromThread<Status>) => {
    switch (message.kind) {
      case 'ready':
        ready.resolve(undefined);
        break;
      case 'status':
        onStatus(message.status);
        break;
      case 'answer':
        waiting.get(message.id)?.resolve(message.answer);
        waiting.delete(message.id);
        break;
      case 'refused':
        waiting.get(message.id)?.reject(new ThreadError(message.error));
        waiting.delete(message.id);
        break;
      case 'failed':
        failure = new ThreadError(message.error);
    }
  });
  worker.on('error', (error) => (failure ??= new ThreadError(failureOf(error))));
  worker.on('exit', () => {
    const error =
      failure ??
      new ThreadError({
        name: 'Error',
        message: 'A thread of the hub has ended.',
        code: 'thread-ended',
        errcode: undefined,
      });
    ended = error;
    ready.reject(error);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    if (closing && failure === undefined) finished.resolve(undefined);
    else finished.reject(error);
  });
  await ready.promise;
  return {
    finished: finished.promise,
    ask(name, askInput) {
      if (ended !== undefined) return Promise.reject(ended);
      const id = nextId++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, name, input: askInput } satisfies Request);
      });
    },
    async close() {
      if (closing) return;
      closing = true;
      worker.postMessage({ id: 0, name: 'close', input: undefined } satisfies Request);
      await finished.promise.catch(() => undefined);
    },
  };
}

/** What a thread's body offers to whoever started it. */
export interface ThreadBody {
  readonly answers: Readonly<Record<string, (input: never) => unknown>>;
  /** Rejects when the body can't go on. */
  readonly finished?: Promise<void>;
  close(): Promise<void>;
}

/**
 * Runs the body of a thread: to be called at the top of the thread's entry file, which states what it is given and tells. It traces as a
 * service of its own, if one is named and the environment wants traces.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export async function runThread<Input, Status>(
  start: (input: Input, report: (status: Status) => void) => Promise<ThreadBody>,
  service?: string,
): Promise<void> {
  const port = parentPort;
  if (isMainThread || port === null) throw new Error('this file is the entry of a thread');
  const tell = (message: FromThread<Status>): void => port.postMessage(message);
  try {
    const traces = service === undefined ? undefined : await startTracingBy(process.env, service);
    const body = await start(workerData as Input, (status) => tell({ kind: 'status', status }));
    const closed = Promise.withResolvers<undefined>();
    port.on('message', ({ id, name, input }: Request) => {
      if (name === 'close') closed.resolve(undefined);
      else void answer(id, name, input);
    });
    const answer = async (id: number, name: string, input: unknown): Promise<void> => {
      try {
        const handler = body.answers[name];
        if (handler === undefined) throw new RangeError(`the thread has no answer to ${name}`);
        tell({ kind: 'answer', id, answer: await handler(input as never) });
      } catch (error) {
        tell({ kind: 'refused', id, error: failureOf(error) });
      }
    };
    tell({ kind: 'ready' });
    await Promise.race([closed.promise, ...(body.finished === undefined ? [] : [body.finished])]);
    await body.close();
    await traces?.close();
  } catch (error) {
    tell({ kind: 'failed', error: failureOf(error) });
  }
  port.close();
}

function failureOf(error: unknown): ThreadFailure {
  if (!(error instanceof Error))
    return { name: 'Error', message: 'unknown error', code: undefined, errcode: undefined };
  return {
    name: error.name,
    message: error.message,
    code: 'code' in error && typeof error.code === 'string' ? error.code : undefined,
    errcode: 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : undefined,
  };
}
