import { DatabaseSync } from 'node:sqlite';
import type { LogPoint } from '#libs/event-store/port';
import { INDEX_VERSION } from './index-schema.ts';

/** What the index keeps for later, one way or another: nothing more is due when all of it is empty. */
const DUE_LATER = ['held', 'held_pair', 'intake', 'rejudge'];

/**
 * The point of the log up to which everything that was due has been judged, read from an index that nobody may have open for
 * writing. Undefined where there is no such index, or where something is still due.
 */
export function findJudged(file: string): LogPoint | undefined {
  let index: DatabaseSync | undefined;
  try {
    index = new DatabaseSync(file, { readOnly: true });
    if (index.prepare('PRAGMA user_version').get()?.['user_version'] !== INDEX_VERSION) return undefined;
    const due = DUE_LATER.map((table) => `EXISTS (SELECT 1 FROM ${table})`).join(' OR ');
    const row = index
      .prepare(
        `SELECT log_id, position, hash FROM point
         WHERE name = 'checkpoint' AND NOT (${due})
           AND position >= coalesce((SELECT position FROM point WHERE name = 'holding'), 0)`,
      )
      .get();
    return row && { logId: String(row['log_id']), position: Number(row['position']), hash: String(row['hash']) };
  } catch {
    // Not there, not made to its end, or in use: whoever asks has it folded.
    return undefined;
  } finally {
    index?.close();
  }
}
