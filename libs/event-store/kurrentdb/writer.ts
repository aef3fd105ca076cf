import type { AppendDecision } from '../common/index.ts';
import type { AppendResult, Position } from '../port/index.ts';
import type { Connection } from './connection.ts';
import type { EncodedAppend } from './event.codec.ts';
import type { AppendFailure } from './failures.ts';
import type { LogNames } from './log-names.ts';
import type { LogReader } from './reader.ts';
import type { Settings } from './settings.ts';
import type { StreamTail } from './tail.ts';
import type { Job, WriteQueue } from './write-queue.ts';
import { decideAppend } from '../common/index.ts';
import { EventStoreUnavailableError, OutcomeUnknownError } from '../port/index.ts';
import { toServerEvent } from './event.codec.ts';
import { appendFailure } from './failures.ts';
import { inParallel } from './in-parallel.ts';
import { lookbackFor, NO_STREAM, readTail } from './tail.ts';
import { openWriteQueue } from './write-queue.ts';
import { writtenPositions } from './written-positions.ts';

/** An append that is to be written, and the stream as it was when that was decided. */
interface Write {
  readonly job: Job;
  readonly tail: StreamTail;
}

/**
 * Appends in order. What an append does is decided here, from the stream's last events, and written only if the stream is still as it
 * was then: the server compares versions, and so nobody else's append can come between. When it has, everything is decided anew.
 * The same holds when no answer came: what was written is found by its event ids, and what was not can't be written twice.
 */
export function openWriter(
  connection: Connection,
  names: LogNames,
  reader: LogReader,
  settings: Settings,
  onWritten: () => void,
): WriteQueue {
  return openWriteQueue(settings, writeAll);

  async function writeAll(jobs: readonly Job[]): Promise<void> {
    const until = performance.now() + settings.patienceMilliseconds;
    const doubt = { uncertain: false };
    let open: readonly Job[] = jobs.filter((job) => !refuseTooLarge(job, settings));
    try {
      for (let tries = 0; open.length > 0; tries++) {
        // Most first appends go to a stream that is not there: the server says so if it is.
        const writes = await decide(open, tries === 0);
        open = writes.map(({ job }) => job);
        const failure = writes.length === 0 ? undefined : await send(writes);
        if (failure === undefined) return;
        open = await afterFailure(open, failure, tries, { until, doubt });
      }
    } catch (error) {
      throw doubt.uncertain && error instanceof EventStoreUnavailableError ? outcomeUnknown(error) : error;
    }
  }

  /** What is to be tried again, when it is time to. */
  async function afterFailure(
    jobs: readonly Job[],
    failure: AppendFailure,
    tries: number,
    { until, doubt }: { readonly until: number; readonly doubt: { uncertain: boolean } },
  ): Promise<readonly Job[]> {
    switch (failure.kind) {
      case 'refused':
        throw failure.error;
      case 'event-too-large':
      case 'write-too-large':
        return withoutTooLarge(jobs, failure);
      case 'conflict':
        if (tries > 0) await connection.pause(tries);
        return jobs;
      case 'uncertain':
      case 'nothing-written':
        doubt.uncertain ||= failure.kind === 'uncertain';
        if (performance.now() >= until) {
          throw new EventStoreUnavailableError('The KurrentDB server takes no writes just now. Try again.');
        }
        await connection.pause(tries);
        return jobs;
    }
  }

  /** Settles what writes nothing; gives what is to be written. */
  async function decide(jobs: readonly Job[], trusting: boolean): Promise<readonly Write[]> {
    const decided = await inParallel(jobs, settings.readsAtOnce, async (job) => {
      const { append } = job;
      const ids = append.events.map(({ id }) => id);
      const tail = trusting && isFirst(append) ? NO_STREAM : await readTail(connection, names, append, settings);
      const decision = decideAppend(append.expected, ids, tail, lookbackFor(append, settings));
      const result = await settled(append, decision, tail);
      return { job, tail, result };
    });
    for (const { job, result } of decided) if (result !== undefined) job.settle(result);
    return decided.filter(({ result }) => result === undefined);
  }

  async function settled(
    { stream }: EncodedAppend,
    decision: AppendDecision,
    tail: StreamTail,
  ): Promise<AppendResult | undefined> {
    switch (decision.kind) {
      case 'write':
        return undefined;
      case 'refused':
        return decision.refusal;
      case 'nothing':
        return { ok: true, streamVersion: tail.version, position: await reader.head(), repeated: false };
      case 'repeated': {
        const { version } = decision;
        const position = tail.positionOf(version) ?? (await positionAt(stream, version));
        return { ok: true, streamVersion: version, position, repeated: true };
      }
    }
  }

  async function positionAt(stream: string, version: number): Promise<Position> {
    const [event] = await reader.readStream(stream, { from: version, limit: 1 });
    if (event?.streamVersion !== version) throw new EventStoreUnavailableError('A stream lost an event. Try again.');
    return event.position;
  }

  async function send(writes: readonly Write[]): Promise<AppendFailure | undefined> {
    const requests = writes.map(({ job: { append }, tail: { version } }) => ({
      streamName: names.serverName(append.stream),
      expectedState: version < 0 ? ('no_stream' as const) : BigInt(version),
      events: append.events.map(toServerEvent),
    }));
    let last: bigint;
    try {
      ({ position: last } = await connection.write((client) => client.multiStreamAppend(requests)));
    } catch (error) {
      return appendFailure(error);
    }
    for (const { job } of writes) job.call.written = true;
    onWritten();
    const ends = writes.map(({ job: { append }, tail }) => ({
      stream: append.stream,
      events: append.events.length,
      version: tail.version + append.events.length,
    }));
    const positions = await writtenPositions(connection, names, ends, Number(last), settings);
    for (const [index, { job }] of writes.entries()) {
      const { stream, version } = ends[index] ?? { stream: '', version: 0 };
      const position = positions[index] ?? (await positionAt(stream, version));
      job.settle({ ok: true, streamVersion: version, position, repeated: false });
    }
    return undefined;
  }

  /** The server's limits may be lower than the settings: the append that is above them is refused, the others go on. */
  async function withoutTooLarge(
    jobs: readonly Job[],
    failure: Extract<AppendFailure, { limitBytes: number }>,
  ): Promise<readonly Job[]> {
    const { limitBytes, actualBytes } = failure;
    const tooLarge = jobs.filter(
      ({ append }) =>
        jobs.length === 1 || (failure.kind === 'event-too-large' && names.serverName(append.stream) === failure.stream),
    );
    for (const job of tooLarge) job.settle({ ok: false, code: 'too-large', limitBytes, actualBytes });
    if (tooLarge.length > 0) return jobs.filter((job) => !tooLarge.includes(job));
    const half = Math.ceil(jobs.length / 2);
    await writeAll(jobs.slice(0, half));
    return jobs.slice(half);
  }
}

const isFirst = ({ expected, events }: EncodedAppend): boolean =>
  (expected === 'no-stream' || expected === -1) && events.length > 0;

function refuseTooLarge({ append, settle }: Job, { maxEventBytes, maxAppendBytes }: Settings): boolean {
  const largest = append.events.reduce((most, { bytes }) => Math.max(most, bytes), 0);
  if (largest <= maxEventBytes && append.bytes <= maxAppendBytes) return false;
  const [limitBytes, actualBytes] = largest > maxEventBytes ? [maxEventBytes, largest] : [maxAppendBytes, append.bytes];
  settle({ ok: false, code: 'too-large', limitBytes, actualBytes });
  return true;
}

function outcomeUnknown(cause: EventStoreUnavailableError): OutcomeUnknownError {
  return new OutcomeUnknownError(
    'The KurrentDB server did not answer, and the events may be there. Append the same again to find out.',
    { cause },
  );
}
