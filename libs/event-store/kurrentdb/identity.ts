import { randomUUID } from 'node:crypto';
import { EventStoreUnavailableError, LogFromNewerVersionError } from '../port/index.ts';
import type { Connection } from './connection.ts';
import type { ReadEvent } from './event.codec.ts';
import type { LogNames } from './log-names.ts';
import type { Settings } from './settings.ts';
import { appendFailure } from './failures.ts';

/** How events are written. A newer one than this can't be read. */
const FORMAT = 1;
const TYPE = 'khop.log.created.v1';
const TRIES = 20;

/**
 * The log's id: it stands in a stream of its own, written once by whoever opens the log first. Throws
 * `LogFromNewerVersionError` and `EventStoreUnavailableError`.
 */
export async function openIdentity(connection: Connection, names: LogNames, settings: Settings): Promise<string> {
  for (let tries = 0; tries < TRIES; tries++) {
    const [event] = await connection.read(
      (client) => client.readStream(names.identity, { maxCount: 1, requiresLeader: true }),
      settings.readMilliseconds,
    );
    if (event?.event !== undefined) return logIdOf(event.event);
    try {
      await create(connection, names);
    } catch (error) {
      const failure = appendFailure(error);
      if (failure.kind === 'refused') throw failure.error;
      // Another one was faster, or nobody knows: reading tells.
      await connection.pause(tries);
    }
  }
  throw new EventStoreUnavailableError('The log could not be created on the KurrentDB server. Try again.');
}

function create(connection: Connection, names: LogNames): Promise<unknown> {
  const event = {
    id: randomUUID(),
    contentType: 'application/json' as const,
    type: TYPE,
    data: { logId: randomUUID(), format: FORMAT },
    metadata: {},
  };
  return connection.write((client) =>
    client.multiStreamAppend([{ streamName: names.identity, expectedState: 'no_stream', events: [event] }]),
  );
}

function logIdOf({ data }: ReadEvent): string {
  const { logId, format } =
    typeof data === 'object' && data !== null ? { logId: undefined, format: undefined, ...data } : {};
  if (typeof logId !== 'string' || typeof format !== 'number' || format > FORMAT) {
    throw new LogFromNewerVersionError('The log on the KurrentDB server was written by a newer version of khop.');
  }
  return logId;
}
