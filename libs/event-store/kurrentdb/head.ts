import type { Position } from '../port/index.ts';
import type { Connection } from './connection.ts';
import type { LogNames, ServerFilter } from './log-names.ts';
import type { Settings } from './settings.ts';
import { START } from '../port/index.ts';
import { toPosition } from './position.ts';

/** Where the log ends. */
export interface LogHead {
  /** Position of its last event; `START` when there is none. */
  position(): Promise<Position>;
  /** Whether the log goes so far; asks only when it is not known. */
  reaches(position: Position): Promise<boolean>;
}

/** The server's own end and the log's, which the events of other logs and of the server itself may lie behind. */
interface Ends {
  readonly server: bigint;
  readonly log: Position;
}

export function openHead(
  connection: Connection,
  names: LogNames,
  { readMilliseconds, scanMilliseconds }: Settings,
): LogHead {
  let known: Ends = { server: -1n, log: START };

  async function lastEvent(milliseconds: number, filter?: ServerFilter) {
    const [last] = await connection.read(
      (client) =>
        client.readAll({
          direction: 'backwards',
          fromPosition: 'end',
          maxCount: 1,
          requiresLeader: true,
          ...(filter !== undefined && { filter }),
        }),
      milliseconds,
    );
    return last?.event;
  }

  async function position(): Promise<Position> {
    const last = await lastEvent(readMilliseconds);
    const server = last?.position.commit ?? -1n;
    if (last === undefined || server === known.server) return known.log;
    let log: Position;
    if (names.findStream(last.streamId) !== undefined) log = toPosition(last.position);
    else {
      // The log's last event may lie far behind the server's: looked for only when the server has gone on.
      const own = await lastEvent(scanMilliseconds, names.everything);
      log = own === undefined ? START : toPosition(own.position);
    }
    // Calls overtake each other; an end that was once there stays.
    if (log >= known.log) known = { server, log };
    return Math.max(log, known.log);
  }

  return {
    position,
    reaches: async (at) => at <= known.log || at <= (await position()),
  };
}
