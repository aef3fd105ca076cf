import type { Position } from '#libs/event-store/port';
import type { Member, ViewProblem } from './members.ts';

/** How a view is doing. */
export interface ViewStatus {
  readonly name: string;
  readonly version: number;
  /** False while it is built beside the one that is read. */
  readonly live: boolean;
  readonly position: Position;
  /** How far the log is ahead: the events in a store that counts them, otherwise an estimate. */
  readonly lagEvents: number;
  /** Age of what it has not taken yet; 0 when it has everything. */
  readonly lagSeconds: number;
  /** Events that it has taken since it was opened, and how many in a second while it was folding. */
  readonly events: number;
  readonly eventsPerSecond: number;
  /** Events that it could not fold. */
  readonly deadLetters: number;
  readonly problem?: ViewProblem;
}

export function statusOf(member: Member, head: Position, now: number): ViewStatus {
  const { view, live, lastRecordedAt, problem, events, busyMilliseconds } = member;
  const lagEvents = Math.max(0, head - view.position);
  const since = lastRecordedAt === undefined ? now : Date.parse(lastRecordedAt);
  return {
    name: view.projection.name,
    version: view.projection.version,
    live,
    position: view.position,
    lagEvents,
    lagSeconds: lagEvents === 0 ? 0 : Math.max(0, (now - since) / 1_000),
    events,
    eventsPerSecond: busyMilliseconds === 0 ? 0 : Math.round((events * 1_000) / busyMilliseconds),
    deadLetters: view.deadLetters(),
    ...(problem !== undefined && { problem }),
  };
}
