import type { LogPoint } from '#libs/event-store/port';
import type { IndexStatements } from './index-statements.ts';

/**
 * Points of the log that the index rests on. `checkpoint`: what is folded goes up to there. `judged`: everything up to there
 * had been judged when the index was emptied, and is not judged again. `holding`: everything that becomes due up to there is held.
 */
export type PointName = 'checkpoint' | 'judged' | 'holding';

/** The points, each with the log's id and hash there: one that does not fit the log belongs to another, or to more of it. */
export class IndexPoints {
  readonly #statements: IndexStatements;

  constructor(statements: IndexStatements) {
    this.#statements = statements;
  }

  find(name: PointName): LogPoint | undefined {
    const row = this.#statements.row('SELECT log_id, position, hash FROM point WHERE name = ?', name);
    return row && { logId: String(row[0]), position: Number(row[1]), hash: String(row[2]) };
  }

  /** Position of a point; 0 where there is none. */
  position(name: PointName): number {
    return this.find(name)?.position ?? 0;
  }

  all(): readonly LogPoint[] {
    return this.#statements
      .rows('SELECT log_id, position, hash FROM point')
      .map(([logId, position, hash]) => ({ logId: String(logId), position: Number(position), hash: String(hash) }));
  }

  set(name: PointName, { logId, position, hash }: LogPoint): void {
    this.#statements.run('INSERT OR REPLACE INTO point VALUES (?, ?, ?, ?)', name, logId, position, hash);
  }
}
