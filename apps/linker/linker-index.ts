import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { LogPoint } from '#libs/event-store/port';
import { DueRows } from './due-rows.ts';
import { IndexDamagedError, removeIndex, whenWhole } from './index-damage.ts';
import { IndexPoints } from './index-points.ts';
import type { IndexedRecord } from './index-rows.ts';
import { INDEX_SCHEMA, INDEX_VERSION, isIndex } from './index-schema.ts';
import { IndexStatements } from './index-statements.ts';
import { KeyedNumbers } from './keyed-numbers.ts';
import { KnownRecords } from './known-records.ts';
import { placeOf, recordOfPlace, slotOfPlace } from './place.ts';

/** So many records under one identifier leave open which of them is meant. */
const AMBIGUOUS = 2;
/** More records that share a likeness are not looked up ahead. */
const MANY_ALIKE = 128;
/** More who mention an identifier are not looked up ahead either. */
const MANY_MENTIONS = 1_000;

/** Who is who: the only index of the hub, in a file that may be deleted. All methods are synchronous and local. */
export class LinkerIndex {
  readonly #database: DatabaseSync;
  readonly #statements: IndexStatements;
  readonly #records: KnownRecords;
  readonly #identifiers: KeyedNumbers;
  readonly #mentions: KeyedNumbers;
  readonly #likenesses: KeyedNumbers;
  readonly points: IndexPoints;
  /** What is held back, and what is to be judged again. */
  readonly due: DueRows;
  /** Whether the transaction has any: most of the time there is nothing to be looked up. */
  #hasSuspended = false;

  private constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = new IndexStatements(database);
    this.#records = new KnownRecords(this.#statements);
    this.#identifiers = new KeyedNumbers(this.#statements, 'identifier', AMBIGUOUS);
    this.#mentions = new KeyedNumbers(this.#statements, 'mention', MANY_MENTIONS);
    this.#likenesses = new KeyedNumbers(this.#statements, 'likeness', MANY_ALIKE);
    this.points = new IndexPoints(this.#statements);
    this.due = new DueRows(this.#statements);
  }

  /**
   * Opens the index in a file (`:memory:` for tests); one of another version is emptied. Throws `IndexDamagedError`, here and
   * whenever it is read or written.
   */
  static open(file: string, cacheMegabytes = 96): LinkerIndex {
    const database = new DatabaseSync(file);
    try {
      const index = new LinkerIndex(database);
      index.#exec(
        `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = ${-cacheMegabytes * 1024};
         PRAGMA wal_autocheckpoint = 16000; PRAGMA temp_store = MEMORY;`,
      );
      if (!whenWhole(() => isIndex(database))) index.clear();
      return index;
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** Opens the index; one that is damaged is thrown away first, and begins empty. */
  static openAnew(file: string, onDamage?: (error: IndexDamagedError) => void): LinkerIndex {
    try {
      return LinkerIndex.open(file);
    } catch (error) {
      if (!(error instanceof IndexDamagedError)) throw error;
      removeIndex(file);
      onDamage?.(error);
      return LinkerIndex.open(file);
    }
  }

  /** Opens it beside the linker, to look things up; undefined where there is none of this version that can be read. */
  static openForReading(file: string): LinkerIndex | undefined {
    if (!existsSync(file)) return undefined;
    const database = new DatabaseSync(file, { readOnly: true });
    const index = new LinkerIndex(database);
    index.#hasSuspended = true;
    index.due.keepingDue(true);
    if (!isWholeIndex(database)) index.close();
    return database.isOpen ? index : undefined;
  }

  /** Empties the index: it will be folded from the start of the log. */
  clear(): void {
    this.rollback();
    this.#statements.clear();
    const tables = this.#database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as unknown as {
      name: string;
    }[];
    this.#exec(
      `BEGIN; ${tables.map(({ name }) => `DROP TABLE "${name}";`).join(' ')} ${INDEX_SCHEMA} PRAGMA user_version = ${INDEX_VERSION}; COMMIT;`,
    );
  }

  /**
   * Empties what is folded, and keeps what is due: up to the checkpoint everything has been judged, so that the log can be folded
   * again without judging it again.
   */
  startAnew(): void {
    this.commit();
    const checkpoint = this.points.find('checkpoint');
    if (checkpoint === undefined) {
      this.clear();
      return;
    }
    const judged = this.points.find('judged');
    const folded = ['record', 'identifier', 'mention', 'likeness', 'suspended', 'intake'];
    this.#exec(
      `BEGIN; ${folded.map((table) => `DELETE FROM ${table};`).join(' ')} DELETE FROM point WHERE name = 'checkpoint';`,
    );
    if (judged === undefined || judged.position < checkpoint.position) this.points.set('judged', checkpoint);
    this.#exec('COMMIT; VACUUM;');
  }

  /** Begins a transaction, unless one is open. */
  begin(): void {
    if (this.#database.isTransaction) return;
    this.#exec('BEGIN IMMEDIATE');
    this.#hasSuspended = this.#statements.row('SELECT 1 FROM suspended LIMIT 1') !== undefined;
    this.due.begin();
  }

  /** What has been folded in the transaction goes up to here. */
  mark(point: LogPoint): void {
    for (const rows of this.#rows()) rows.write();
    this.forget();
    this.points.set('checkpoint', point);
  }

  /** Forgets what was looked up ahead: whoever only reads says so where it has done with it. */
  forget(): void {
    for (const rows of this.#rows()) rows.forget();
  }

  /** Ends the transaction, if one is open. */
  commit(): void {
    if (this.#database.isTransaction) this.#exec('COMMIT');
  }

  /** SQLite has ended the transaction already after some errors, such as a full disk. */
  rollback(): void {
    this.forget();
    if (this.#database.isTransaction) this.#exec('ROLLBACK');
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  record(id: number): IndexedRecord | undefined {
    return this.#records.find(id);
  }

  putRecord(record: IndexedRecord): void {
    this.#records.put(record);
  }

  /** Looks many records up together: they are asked for until the next `mark`. */
  loadRecords(ids: Iterable<number>): void {
    this.#records.load(ids);
  }

  /** Ids of records after `after`, for walking all of them in slices. */
  recordsAfter(after: number, limit: number): readonly number[] {
    this.#records.write();
    return this.#statements.numbers('SELECT id FROM record WHERE id > ? ORDER BY id LIMIT ?', after, limit);
  }

  addIdentifier(key: number, record: number): void {
    this.#identifiers.add(key, record);
  }

  removeIdentifier(key: number, record: number): void {
    this.#identifiers.remove(key, record);
  }

  /** Looks up together what many identifiers identify. */
  loadIdentifiers(keys: Iterable<number>): void {
    this.#identifiers.load(keys);
  }

  /** At most two: more are as ambiguous as two. */
  recordsIdentifiedBy(key: number): readonly number[] {
    return this.#identifiers.find(key, AMBIGUOUS);
  }

  addMention(key: number, record: number, slot: number): void {
    this.#mentions.add(key, placeOf(record, slot));
  }

  removeMention(key: number, record: number, slot: number): void {
    this.#mentions.remove(key, placeOf(record, slot));
  }

  /** Looks up together who mentions many identifiers. */
  loadMentions(keys: Iterable<number>): void {
    this.#mentions.load(keys);
  }

  /** At most `limit`, in order. */
  mentionsOf(key: number, limit: number): readonly { readonly record: number; readonly slot: number }[] {
    const places = this.#mentions.find(key, limit);
    return places.map((place) => ({ record: recordOfPlace(place), slot: slotOfPlace(place) }));
  }

  /** Whoever else mentions the key, behind this one, is due too, and held: to be judged in slices. */
  holdMentionsAfter(
    key: number,
    { record, slot }: { readonly record: number; readonly slot: number },
    asOf: number,
    cause: string,
  ): void {
    this.#mentions.write();
    this.due.holdMentionsAfter(key, placeOf(record, slot), asOf, cause);
  }

  addLikeness(key: number, record: number): void {
    this.#likenesses.add(key, record);
  }

  removeLikeness(key: number, record: number): void {
    this.#likenesses.remove(key, record);
  }

  /** Looks up together who shares many likenesses. */
  loadLikenesses(keys: Iterable<number>): void {
    this.#likenesses.load(keys);
  }

  /** Records that share a likeness key, at most `limit`. */
  recordsAlike(key: number, limit: number): readonly number[] {
    return this.#likenesses.find(key, limit);
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

  #rows(): readonly (KnownRecords | KeyedNumbers)[] {
    return [this.#records, this.#identifiers, this.#mentions, this.#likenesses];
  }

  #exec(sql: string): void {
    whenWhole(() => this.#database.exec(sql));
  }
}

function isWholeIndex(database: DatabaseSync): boolean {
  try {
    return whenWhole(() => isIndex(database));
  } catch (error) {
    if (error instanceof IndexDamagedError) return false;
    throw error;
  }
}
