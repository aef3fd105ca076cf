import type { HeldItem, HeldPair } from './index-rows.ts';
import type { IndexStatements } from './index-statements.ts';
import { SLOTS_PER_RECORD } from './place.ts';

/** What is held is due as of the newest change that made it due, in whatever order they are looked at. */
const NEWER_WINS =
  'ON CONFLICT DO UPDATE SET as_of = excluded.as_of, cause = excluded.cause WHERE excluded.as_of > as_of';

/** What the index keeps for later: judgements that are held back, and records that are to be judged again. */
export class DueRows {
  readonly #statements: IndexStatements;
  #keepsDue = false;
  /** Whether anything is held: most of the time there is nothing to be looked up. */
  #hasHeld = true;

  constructor(statements: IndexStatements) {
    this.#statements = statements;
  }

  /** A transaction begins. */
  begin(): void {
    this.#hasHeld = this.#statements.row('SELECT 1 FROM held LIMIT 1') !== undefined;
  }

  /** While folding again: what is held and what is to be judged again stays as it is. */
  keepingDue(keeps: boolean): void {
    this.#keepsDue = keeps;
  }

  hold({ record, slot, asOf, cause }: HeldItem): void {
    this.#hasHeld = true;
    this.#statements.run(`INSERT INTO held VALUES (?, ?, ?, ?) ${NEWER_WINS}`, record, slot, asOf, cause);
  }

  /** Holds all who mention a key, behind one place of them. */
  holdMentionsAfter(key: number, place: number, asOf: number, cause: string): void {
    if (this.#keepsDue) return;
    this.#hasHeld = true;
    this.#statements.run(
      `INSERT INTO held SELECT number / ${SLOTS_PER_RECORD}, number % ${SLOTS_PER_RECORD}, ?, ?
       FROM mention WHERE key = ? AND number > ? ${NEWER_WINS}`,
      asOf,
      cause,
      key,
      place,
    );
  }

  unhold(record: number, slot: number): void {
    if (this.#keepsDue || !this.#hasHeld) return;
    this.#statements.run('DELETE FROM held WHERE record = ? AND slot = ?', record, slot);
  }

  heldItems(limit: number): readonly HeldItem[] {
    return this.#statements
      .rows('SELECT record, slot, as_of, cause FROM held LIMIT ?', limit)
      .map(([record, slot, asOf, cause]) => ({
        record: Number(record),
        slot: Number(slot),
        asOf: Number(asOf),
        cause: String(cause),
      }));
  }

  holdPair({ one, other, asOf, cause }: HeldPair): void {
    this.#statements.run(`INSERT INTO held_pair VALUES (?, ?, ?, ?) ${NEWER_WINS}`, one, other, asOf, cause);
  }

  unholdPair(one: number, other: number): void {
    this.#statements.run('DELETE FROM held_pair WHERE one = ? AND other = ?', one, other);
  }

  heldPairs(limit: number): readonly HeldPair[] {
    return this.#statements
      .rows('SELECT one, other, as_of, cause FROM held_pair LIMIT ?', limit)
      .map(([one, other, asOf, cause]) => ({
        one: Number(one),
        other: Number(other),
        asOf: Number(asOf),
        cause: String(cause),
      }));
  }

  /** Everything that is held is due as of this event, unless it is due as of a newer one. */
  raiseHeld(asOf: number, cause: string): void {
    this.#statements.run('UPDATE held SET as_of = ?1, cause = ?2 WHERE as_of < ?1', asOf, cause);
    this.#statements.run('UPDATE held_pair SET as_of = ?1, cause = ?2 WHERE as_of < ?1', asOf, cause);
  }

  startRejudging(asOf: number, cause: string): void {
    if (this.#keepsDue) return;
    this.#statements.run('INSERT OR REPLACE INTO rejudge VALUES (1, 0, ?, ?)', asOf, cause);
  }

  rejudging(): { readonly after: number; readonly asOf: number; readonly cause: string } | undefined {
    const row = this.#statements.row('SELECT after, as_of, cause FROM rejudge');
    return row && { after: Number(row[0]), asOf: Number(row[1]), cause: String(row[2]) };
  }

  advanceRejudging(after: number): void {
    this.#statements.run('UPDATE rejudge SET after = ?', after);
  }

  finishRejudging(): void {
    this.#statements.run('DELETE FROM rejudge');
  }
}
