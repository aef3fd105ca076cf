import type { DatabaseSync } from 'node:sqlite';
import type { LogPoint, Position } from '../port/index.ts';
import { START } from '../port/index.ts';
import { firstHash } from './running-hash.ts';

/** Where the log stands, as one connection sees it. */
export interface LogHead {
  position(): Position;
  /** Undefined when the log has no such position. Default: the head. */
  point(position?: Position): LogPoint | undefined;
}

export function openHead(db: DatabaseSync, logId: string): LogHead {
  const last = db.prepare('SELECT max(position) AS position FROM events');
  const lastPoint = db.prepare('SELECT position, hash FROM events ORDER BY position DESC LIMIT 1');
  const pointAt = db.prepare('SELECT position, hash FROM events WHERE position = ?');
  const start: LogPoint = { logId, position: START, hash: firstHash(logId) };

  return {
    position: () => Number(last.get()?.['position'] ?? START),
    point(position) {
      if (position === START) return start;
      const row = position === undefined ? lastPoint.get() : pointAt.get(position);
      if (row === undefined) return position === undefined ? start : undefined;
      return { logId, position: Number(row['position']), hash: String(row['hash']) };
    },
  };
}
