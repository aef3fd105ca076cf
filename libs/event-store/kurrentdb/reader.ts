import { hash } from 'node:crypto';
import type {
  EventFilter,
  LogPoint,
  Page,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  VersionPlace,
} from '../port/index.ts';
import type { Connection } from './connection.ts';
import type { ReadEvent } from './event.codec.ts';
import type { LogNames } from './log-names.ts';
import type { Settings } from './settings.ts';
import { START } from '../port/index.ts';
import { openHead } from './head.ts';
import { ReadRejectedError } from './connection.ts';
import { decodeEvent } from './event.codec.ts';
import { inParallel } from './in-parallel.ts';
import { fromPosition, toPosition } from './position.ts';

const DEFAULT_LIMIT = 1_000;
const MAX_STREAM_EVENTS = 1_000;

/** Reads one log. Everything is asked of the leader: another node may not have the newest events yet. */
export interface LogReader {
  readStream(stream: string, options: ReadStreamOptions): Promise<readonly RecordedEvent[]>;
  readVersions(places: readonly VersionPlace[]): Promise<readonly (RecordedEvent | undefined)[]>;
  readAll(options: ReadAllOptions): Promise<Page>;
  head(): Promise<Position>;
  pointAt(position?: Position): Promise<LogPoint | undefined>;
}

export function openReader(connection: Connection, names: LogNames, logId: string, settings: Settings): LogReader {
  const { readMilliseconds, scanMilliseconds } = settings;
  const head = openHead(connection, names, settings);

  async function readStream(
    stream: string,
    { from, direction = 'forwards', limit = MAX_STREAM_EVENTS }: ReadStreamOptions,
  ): Promise<readonly RecordedEvent[]> {
    const maxCount = boundedLimit(limit, MAX_STREAM_EVENTS);
    if (maxCount === 0 || (from !== undefined && from < 0)) return [];
    const events = await connection.read(
      (client) =>
        client.readStream(names.serverName(stream), {
          direction,
          maxCount,
          requiresLeader: true,
          fromRevision: from === undefined ? (direction === 'forwards' ? 'start' : 'end') : BigInt(from),
        }),
      readMilliseconds,
    );
    return present(events).map((event) => decodeEvent(event, stream));
  }

  /** Events after a position that the server's filter lets through, and whether there are no more. */
  async function readOn(
    after: Position,
    filter: EventFilter | undefined,
    limit: number,
  ): Promise<readonly ReadEvent[]> {
    const events = await connection.read(
      (client) =>
        client.readAll({
          direction: 'forwards',
          // Reading begins at the position itself: its event, if the filter lets it through, comes once more.
          fromPosition: fromPosition(after),
          maxCount: limit + 1,
          requiresLeader: true,
          filter: filter === undefined ? names.everything : names.filterFor(filter),
        }),
      scanMilliseconds,
    );
    return present(events)
      .filter((event) => toPosition(event.position) > after)
      .slice(0, limit);
  }

  function decodeMatching(events: readonly ReadEvent[], filter: EventFilter = {}): RecordedEvent[] {
    return events.flatMap((event) => {
      const stream = names.findStream(event.streamId);
      return stream !== undefined && names.matches(filter, stream, event.type) ? [decodeEvent(event, stream)] : [];
    });
  }

  async function readAll({ after = START, filter, limit = DEFAULT_LIMIT }: ReadAllOptions): Promise<Page> {
    const maxCount = boundedLimit(limit, settings.maxPageEvents);
    // Looked up before reading: all that is there up to it will have been looked at.
    const last = await head.position();
    if (after >= last || maxCount === 0) return { events: [], position: after, end: after >= last };
    if (letsNothingThrough(filter)) return { events: [], position: last, end: true };
    const events = await readOn(after, filter, maxCount);
    const reached = toPositionOr(after, events.at(-1));
    const position = events.length < maxCount ? Math.max(reached, last) : reached;
    return { events: decodeMatching(events, filter), position, end: position >= last };
  }

  async function pointAt(position?: Position): Promise<LogPoint | undefined> {
    const at = position ?? (await head.position());
    if (at === START) return { logId, position: START, hash: hash('sha256', `khop-log\n${logId}`, 'base64url') };
    if (!(await head.reaches(at))) return undefined;
    const event = await readAt(at);
    return event && { logId, position: at, hash: hashOf(logId, event) };
  }

  async function readAt(position: Position): Promise<ReadEvent | undefined> {
    try {
      const events = await connection.read(
        (client) => client.readAll({ fromPosition: fromPosition(position), maxCount: 1, requiresLeader: true }),
        readMilliseconds,
      );
      return present(events).find((event) => Number(event.position.commit) === position);
    } catch (error) {
      // Another log's position: the server finds no event that begins there.
      if (error instanceof ReadRejectedError) return undefined;
      throw error;
    }
  }

  return {
    readStream,
    async readVersions(places) {
      if (places.length > settings.maxPageEvents) {
        throw new RangeError(`At most ${settings.maxPageEvents} versions are read at once.`);
      }
      return inParallel(places, settings.readsAtOnce, async ({ stream, version }) => {
        const [event] = await readStream(stream, { from: version, limit: 1 });
        return event?.streamVersion === version ? event : undefined;
      });
    },
    readAll,
    head: () => head.position(),
    pointAt,
  };
}

/** Binds a position to what stands there; the server's own id of the event is random, so that no other log has the same. */
function hashOf(logId: string, { streamId, revision, id, type, created }: ReadEvent): string {
  return hash('sha256', [logId, streamId, revision, id, type, created.toISOString()].join('\n'), 'base64url');
}

/** The server leaves the place of a deleted event empty. */
function present<E extends ReadEvent>(events: readonly { readonly event?: E | undefined }[]): readonly E[] {
  return events.flatMap(({ event }) => (event === undefined ? [] : [event]));
}

function toPositionOr(otherwise: Position, event: ReadEvent | undefined): Position {
  return event === undefined ? otherwise : toPosition(event.position);
}

function letsNothingThrough(filter: EventFilter | undefined): boolean {
  return filter?.types?.length === 0 || filter?.streamPrefixes?.length === 0;
}

function boundedLimit(limit: number, bound: number): number {
  return Math.max(0, Math.min(Math.trunc(limit), bound));
}
