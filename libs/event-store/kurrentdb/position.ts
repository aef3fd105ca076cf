import type { Position } from '../port/index.ts';
import { LogDamagedError, START } from '../port/index.ts';

/** A place in the server's log: a byte offset. */
export interface ServerPosition {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/**
 * The port's position of an event: its offset in the server's log, a whole number below 2^53 up to eight petabytes. Commit and prepare
 * position are the same for all events that were not written in an explicit transaction of the old TCP interface.
 */
export function toPosition(position: ServerPosition | undefined): Position {
  if (position === undefined) throw new LogDamagedError('The KurrentDB server gave an event without its position.');
  if (position.commit !== position.prepare || position.commit > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new LogDamagedError(
      `The KurrentDB server gave an event at ${position.commit}/${position.prepare}, which is no position of the log.`,
    );
  }
  return Number(position.commit);
}

/** Where to read from, this position included. Only positions of events are given out: the server can't read between them. */
export function fromPosition(position: Position): ServerPosition | 'start' {
  return position === START ? 'start' : { commit: BigInt(position), prepare: BigInt(position) };
}
