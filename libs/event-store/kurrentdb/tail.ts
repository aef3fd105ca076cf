import type { StreamContent } from '../common/index.ts';
import type { Position } from '../port/index.ts';
import type { Connection } from './connection.ts';
import type { EncodedAppend, ReadEvent } from './event.codec.ts';
import type { LogNames } from './log-names.ts';
import type { Settings } from './settings.ts';
import { idOf } from './event.codec.ts';
import { toPosition } from './position.ts';

/** What has to be known of a stream to decide about an append to it. */
export interface StreamTail extends StreamContent {
  /** Position of one of the versions that were read. */
  positionOf(version: number): Position | undefined;
}

export const NO_STREAM: StreamTail = { version: -1, idsBetween: () => [], positionOf: () => undefined };

/** How many of a stream's last events are looked at: as many more as the append has, so that a large one is recognised too. */
export function lookbackFor({ events }: EncodedAppend, { idLookbackEvents }: Settings): number {
  return idLookbackEvents + events.length;
}

/** Reads the last events of an append's stream, and those that stand where the append would have put its own. */
export async function readTail(
  connection: Connection,
  names: LogNames,
  append: EncodedAppend,
  settings: Settings,
): Promise<StreamTail> {
  const { stream, expected, events } = append;
  const read = async (direction: 'forwards' | 'backwards', fromRevision: bigint | 'end', maxCount: number) => {
    const found = await connection.read(
      (client) =>
        client.readStream(names.serverName(stream), { direction, fromRevision, maxCount, requiresLeader: true }),
      settings.readMilliseconds,
    );
    return found.flatMap(({ event }) => (event === undefined ? [] : [event]));
  };

  const known = new Map<number, ReadEvent>();
  const keep = (found: readonly ReadEvent[]): void => {
    for (const event of found) known.set(Number(event.revision), event);
  };
  const last = await read('backwards', 'end', lookbackFor(append, settings));
  keep(last);
  const version = Number(last[0]?.revision ?? -1);
  const next = (typeof expected === 'number' ? expected : expected === 'no-stream' ? -1 : version) + 1;
  if (events.length > 0 && next <= version && !known.has(next))
    keep(await read('forwards', BigInt(next), events.length));

  return {
    version,
    idsBetween(first, until) {
      const ids: string[] = [];
      for (let at = first; at <= Math.min(until, version); at++) {
        const event = known.get(at);
        ids.push(event === undefined ? '' : idOf(event));
      }
      return ids;
    },
    positionOf(at) {
      const event = known.get(at);
      return event && toPosition(event.position);
    },
  };
}
