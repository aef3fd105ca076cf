import type { DatabaseSync } from 'node:sqlite';
import type { RecordCounts } from '../source/index.ts';
import { ensureTextColumn } from '../schema/index.ts';
import { numberOf, optionalTextOf, textOf } from './rows.ts';

/** One version of a record; `sequence` counts the changes of its record type from 1. */
export interface StoredChange {
  readonly sequence: number;
  readonly content: string;
  /** The trace that the change belongs to. */
  readonly traceparent?: string | undefined;
}

/** The changes of one record type and which of them is each record's current version. */
export interface RecordStorage {
  /** Adds a version and returns its sequence; undefined when the record's current content is the very same. */
  put(key: string | undefined, content: string, withdrawn: boolean, traceparent?: string): number | undefined;
  current(key: string): StoredChange | undefined;
  /** Changes after a sequence, oldest first. */
  after(sequence: number, limit: number): readonly StoredChange[];
  /** Sequence of the last change, 0 for none. */
  head(): number;
  counts(): RecordCounts;
  /** Counts again what is kept in memory: after a transaction that was rolled back. */
  refresh(): void;
}

/** Opens the tables of one record type, whose name becomes part of theirs. */
export function openRecordStorage(database: DatabaseSync, record: string): RecordStorage {
  if (!/^[a-z]+(-[a-z]+)*$/.test(record)) throw new TypeError('A record type is named in small letters and dashes');
  const table = record.replaceAll('-', '_');
  database.exec(`
    CREATE TABLE IF NOT EXISTS change_${table} (sequence INTEGER PRIMARY KEY, content TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS current_${table} (
      key TEXT PRIMARY KEY, sequence INTEGER NOT NULL, withdrawn INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`);
  ensureTextColumn(database, `change_${table}`, 'traceparent');
  const insert = database.prepare(`INSERT INTO change_${table} (sequence, content, traceparent) VALUES (?, ?, ?)`);
  const point = database.prepare(
    `INSERT INTO current_${table} (key, sequence, withdrawn) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET sequence = excluded.sequence, withdrawn = excluded.withdrawn`,
  );
  const find = database.prepare(
    `SELECT sequence, content, traceparent, withdrawn FROM current_${table} JOIN change_${table} USING (sequence) WHERE key = ?`,
  );
  const page = database.prepare(
    `SELECT sequence, content, traceparent FROM change_${table} WHERE sequence > ? ORDER BY sequence LIMIT ?`,
  );
  const headQuery = database.prepare(`SELECT coalesce(max(sequence), 0) AS head FROM change_${table}`);
  const countQuery = database.prepare(
    `SELECT count(*) AS records, coalesce(sum(withdrawn), 0) AS withdrawn FROM current_${table}`,
  );
  const one = (statement: typeof headQuery, column: string): number => numberOf(statement.get() ?? {}, column);
  const toChange = (row: Parameters<typeof numberOf>[0]): StoredChange => ({
    sequence: numberOf(row, 'sequence'),
    content: textOf(row, 'content'),
    traceparent: optionalTextOf(row, 'traceparent'),
  });

  let head = 0;
  let records = 0;
  let withdrawnRecords = 0;
  const refresh = (): void => {
    head = one(headQuery, 'head');
    records = one(countQuery, 'records');
    withdrawnRecords = one(countQuery, 'withdrawn');
  };
  refresh();

  return {
    refresh,
    put(key, content, withdrawn, traceparent) {
      const sequence = head + 1;
      // A row without a usable key is a record of its own: nothing can ever replace it.
      const own = key ?? `#${sequence}`;
      const before = key === undefined ? undefined : find.get(key);
      if (before !== undefined && textOf(before, 'content') === content) return undefined;
      insert.run(sequence, content, traceparent ?? null);
      point.run(own, sequence, withdrawn ? 1 : 0);
      head = sequence;
      if (before === undefined) records += 1;
      withdrawnRecords += (withdrawn ? 1 : 0) - (before === undefined ? 0 : numberOf(before, 'withdrawn'));
      return sequence;
    },
    current(key) {
      const row = find.get(key);
      return row === undefined ? undefined : toChange(row);
    },
    after: (sequence, limit) => page.all(sequence, limit).map(toChange),
    head: () => head,
    counts: () => ({ records, withdrawn: withdrawnRecords, changes: head }),
  };
}
