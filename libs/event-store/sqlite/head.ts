import type { DatabaseSync } from 'node:sqlite';
import type { LogPoint, Position } from '../port/index.ts';
import { START } from '../port/index.ts';
import { firstHash } from './running-hash.ts';

/** Where the log stands, as one connection sees it. */
export interface LogHead {
  position(): Position;
  /** The head with its running hash. */
  end(): LogPoint;
  /** Undefined when the log has no such position. */
  pointAt(position: Position): LogPoint | undefined;
}

export function openHead(db: DatabaseSync, logId: string): LogHead {
  const last = db.prepare('SELECT max(position) AS position FROM events');
  const lastPoint = db.prepare('SELECT position, hash FROM events ORDER BY position DESC LIMIT 1');
  const point = db.prepare('SELECT position, hash FROM events WHERE position = ?');
  const start: LogPoint = { logId, position: START, hash: firstHash(logId) };

  return {
    position: () => Number(last.get()?.['position'] ?? START),
    end() {
      const row = lastPoint.get();
      return row === undefined ? start : { logId, position: Number(row['position']), hash: String(row['hash']) };
    },
    pointAt(position) {
      if (position === START) return start;
      const row = point.get(position);
      return row === undefined ? undefined : { logId, position, hash: String(row['hash']) };
    },
  };
}
