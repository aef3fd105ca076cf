import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { LogPoint } from '#libs/event-store/port';
import type { HeldItem, HeldPair, IndexedRecord } from './index-rows.ts';
import { INDEX_SCHEMA, INDEX_VERSION, isIndex } from './index-schema.ts';
import { IndexStatements } from './index-statements.ts';

/** What is held is due as of the newest change that made it due, in whatever order they are looked at. */
const NEWER_WINS =
  'ON CONFLICT DO UPDATE SET as_of = excluded.as_of, cause = excluded.cause WHERE excluded.as_of > as_of';

/** Who is who: the only index of the hub, in a file that may be deleted. All methods are synchronous and local. */
export class LinkerIndex {
  readonly #database: DatabaseSync;
  readonly #statements: IndexStatements;
  #keepsDue = false;
  /** Whether the transaction has anything of the kind: most of the time there is nothing to be looked up. */
  #hasSuspended = false;
  #hasHeld = false;

  private constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = new IndexStatements(database);
  }

  /** Opens the index in a file (`:memory:` for tests); one of another version is emptied. */
  static open(file: string, cacheMegabytes = 96): LinkerIndex {
    const database = new DatabaseSync(file);
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = ${-cacheMegabytes * 1024};
       PRAGMA wal_autocheckpoint = 16000; PRAGMA temp_store = MEMORY;`,
    );
    const index = new LinkerIndex(database);
    if (!isIndex(database)) index.clear();
    return index;
  }

  /** Opens it beside the linker, to look things up; undefined where there is none of this version. */
  static openForReading(file: string): LinkerIndex | undefined {
    if (!existsSync(file)) return undefined;
    const database = new DatabaseSync(file, { readOnly: true });
    const index = new LinkerIndex(database);
    index.#hasSuspended = true;
    if (!isIndex(database)) index.close();
    return database.isOpen ? index : undefined;
  }

  /** Empties the index: it will be folded from the start of the log. */
  clear(): void {
    this.rollback();
    this.#statements.clear();
    const tables = this.#database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as unknown as {
      name: string;
    }[];
    this.#database.exec(
      `BEGIN; ${tables.map(({ name }) => `DROP TABLE "${name}";`).join(' ')} ${INDEX_SCHEMA} PRAGMA user_version = ${INDEX_VERSION}; COMMIT;`,
    );
  }

  /**
   * Empties what is folded, and keeps what is due: up to the checkpoint everything has been judged, so that the log can be folded
   * again without judging it again.
   */
  startAnew(): void {
    this.commit();
    const checkpoint = this.checkpoint();
    if (checkpoint === undefined) {
      this.clear();
      return;
    }
    const folded = ['record', 'identifier', 'mention', 'likeness', 'suspended', 'intake', 'checkpoint'];
    this.#database.exec(`BEGIN; ${folded.map((table) => `DELETE FROM ${table};`).join(' ')} COMMIT; VACUUM;`);
    this.#statements.run(
      'INSERT OR REPLACE INTO judged VALUES (1, ?)',
      Math.max(checkpoint.position, this.judgedUpTo()),
    );
  }

  /** Up to here everything was judged before the index was emptied; 0 when it never was. */
  judgedUpTo(): number {
    return Number(this.#statements.row('SELECT position FROM judged')?.[0] ?? 0);
  }

  /** Begins a transaction, unless one is open. */
  begin(): void {
    if (this.#database.isTransaction) return;
    this.#database.exec('BEGIN IMMEDIATE');
    this.#hasSuspended = this.#statements.row('SELECT 1 FROM suspended LIMIT 1') !== undefined;
    this.#hasHeld = this.#statements.row('SELECT 1 FROM held LIMIT 1') !== undefined;
  }

  /** What has been folded in the transaction goes up to here. */
  mark(point: LogPoint): void {
    this.#statements.run(
      'INSERT OR REPLACE INTO checkpoint VALUES (1, ?, ?, ?)',
      point.logId,
      point.position,
      point.hash,
    );
  }

  /** Ends the transaction, if one is open. */
  commit(): void {
    if (this.#database.isTransaction) this.#database.exec('COMMIT');
  }

  /** SQLite has ended the transaction already after some errors, such as a full disk. */
  rollback(): void {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  checkpoint(): LogPoint | undefined {
    const row = this.#statements.row('SELECT log_id, position, hash FROM checkpoint');
    return row && { logId: String(row[0]), position: Number(row[1]), hash: String(row[2]) };
  }

  record(id: number): IndexedRecord | undefined {
    const row = this.#statements.row('SELECT stream, version, position, withdrawn FROM record WHERE id = ?', id);
    if (row === undefined) return undefined;
    const [stream, version, position, withdrawn] = row;
    return {
      id,
      stream: String(stream),
      version: Number(version),
      position: Number(position),
      withdrawn: withdrawn === 1,
    };
  }

  putRecord({ id, stream, version, position, withdrawn }: IndexedRecord): void {
    this.#statements.run(
      'INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?, ?)',
      id,
      stream,
      version,
      position,
      withdrawn ? 1 : 0,
    );
  }

  /** Ids of records after `after`, for walking all of them in slices. */
  recordsAfter(after: number, limit: number): readonly number[] {
    return this.#statements.numbers('SELECT id AS record FROM record WHERE id > ? ORDER BY id LIMIT ?', after, limit);
  }

  addIdentifier(key: number, record: number): void {
    this.#statements.run('INSERT OR IGNORE INTO identifier VALUES (?, ?)', key, record);
  }

  removeIdentifier(key: number, record: number): void {
    this.#statements.run('DELETE FROM identifier WHERE key = ? AND record = ?', key, record);
  }

  /** At most two: more are as ambiguous as two. */
  recordsIdentifiedBy(key: number): readonly number[] {
    return this.#statements.numbers('SELECT record FROM identifier WHERE key = ? LIMIT 2', key);
  }

  addMention(key: number, record: number, slot: number): void {
    this.#statements.run('INSERT OR IGNORE INTO mention VALUES (?, ?, ?)', key, record, slot);
  }

  removeMention(key: number, record: number, slot: number): void {
    this.#statements.run('DELETE FROM mention WHERE key = ? AND record = ? AND slot = ?', key, record, slot);
  }

  /** At most `limit`, in order. */
  mentionsOf(key: number, limit: number): readonly { readonly record: number; readonly slot: number }[] {
    return this.#statements
      .rows('SELECT record, slot FROM mention WHERE key = ? ORDER BY record, slot LIMIT ?', key, limit)
      .map(([record, slot]) => ({ record: Number(record), slot: Number(slot) }));
  }

  /** Whoever else mentions the key, behind this one, is due too, and held: to be judged in slices. */
  holdMentionsAfter(
    key: number,
    { record, slot }: { readonly record: number; readonly slot: number },
    asOf: number,
    cause: string,
  ): void {
    if (this.#keepsDue) return;
    this.#hasHeld = true;
    this.#statements.run(
      `INSERT INTO held SELECT record, slot, ?, ? FROM mention WHERE key = ? AND (record, slot) > (?, ?) ${NEWER_WINS}`,
      asOf,
      cause,
      key,
      record,
      slot,
    );
  }

  addLikeness(key: number, record: number): void {
    this.#statements.run('INSERT OR IGNORE INTO likeness VALUES (?, ?)', key, record);
  }

  removeLikeness(key: number, record: number): void {
    this.#statements.run('DELETE FROM likeness WHERE key = ? AND record = ?', key, record);
  }

  /** Records that share a likeness key, at most `limit`. */
  recordsAlike(key: number, limit: number): readonly number[] {
    return this.#statements.numbers('SELECT record FROM likeness WHERE key = ? LIMIT ?', key, limit);
  }

  /** While folding again: what is held and what is to be judged again stays as it is. */
  keepingDue(keeps: boolean): void {
    this.#keepsDue = keeps;
  }

  hold({ record, slot, asOf, cause }: HeldItem): void {
    this.#hasHeld = true;
    this.#statements.run(`INSERT INTO held VALUES (?, ?, ?, ?) ${NEWER_WINS}`, record, slot, asOf, cause);
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

  /** Up to here everything that becomes due is held; 0 when nothing is. */
  holdingUpTo(): number {
    return Number(this.#statements.row('SELECT up_to FROM holding')?.[0] ?? 0);
  }

  holdUpTo(position: number): void {
    this.#statements.run('INSERT OR REPLACE INTO holding VALUES (1, ?)', position);
  }

  suspend(stream: string, version: number): void {
    this.#hasSuspended = true;
    this.#statements.run('INSERT OR REPLACE INTO suspended VALUES (?, ?)', stream, version);
  }

  resume(stream: string): void {
    this.#statements.run('DELETE FROM suspended WHERE stream = ?', stream);
  }

  isSuspended(stream: string): boolean {
    return this.#hasSuspended && this.#statements.row('SELECT 1 FROM suspended WHERE stream = ?', stream) !== undefined;
  }

  startIntake(id: string, startedAt: number): void {
    this.#statements.run('INSERT OR REPLACE INTO intake VALUES (?, ?)', id, startedAt);
  }

  finishIntake(id: string): void {
    this.#statements.run('DELETE FROM intake WHERE id = ?', id);
  }

  forgetIntakesBefore(startedAt: number): void {
    this.#statements.run('DELETE FROM intake WHERE started_at <= ?', startedAt);
  }

  /** True while an intake runs that began after `since` (milliseconds): an older one is no longer waited for. */
  isIntakeRunning(since: number): boolean {
    return this.#statements.row('SELECT 1 FROM intake WHERE started_at > ? LIMIT 1', since) !== undefined;
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
