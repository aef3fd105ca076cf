import type { Position } from '../port/index.ts';
import type { Connection } from './connection.ts';
import type { LogNames } from './log-names.ts';
import type { Settings } from './settings.ts';
import { fromPosition, toPosition } from './position.ts';

/** The last version of a stream that a write made. */
export interface WrittenEnd {
  readonly stream: string;
  readonly events: number;
  readonly version: number;
}

/**
 * Where the ends of one write stand. The server tells the position of the write's very last event only; the others stand right before
 * it, and are read back. Undefined where one was not found.
 */
export async function writtenPositions(
  connection: Connection,
  names: LogNames,
  ends: readonly WrittenEnd[],
  last: Position,
  { readMilliseconds }: Settings,
): Promise<readonly (Position | undefined)[]> {
  const before = ends.reduce((sum, { events }) => sum + events, 0) - (ends.at(-1)?.events ?? 0);
  if (before === 0) return ends.map(() => last);
  const skipped = (ends.at(-1)?.events ?? 1) - 1;
  const found = await connection.read(
    (client) =>
      client.readAll({
        direction: 'backwards',
        // Going backwards, a position stands behind what is read: the last event itself does not come.
        fromPosition: fromPosition(last),
        maxCount: skipped + before,
        requiresLeader: true,
      }),
    readMilliseconds,
  );
  const positions = new Map(
    found.flatMap(({ event }) =>
      event === undefined ? [] : [[keyOf(event.streamId, Number(event.revision)), toPosition(event.position)] as const],
    ),
  );
  return ends.map(({ stream, version }, index) =>
    index === ends.length - 1 ? last : positions.get(keyOf(names.serverName(stream), version)),
  );
}

function keyOf(stream: string, version: number): string {
  return `${version}@${stream}`;
}
