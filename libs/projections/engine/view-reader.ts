import { statSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { START, type Position } from '#libs/event-store/port';
import { DEAD_LETTERS_QUERY, toDeadLetter, type DeadLetter } from './dead-letters.ts';
import { ViewNotReadyError } from './failures.ts';
import type { Projection } from './projection.ts';
import { findLiveView, pointerPath, viewPath } from './view-files.ts';

export type Row = Readonly<Record<string, SQLOutputValue>>;

/** One moment of a view: every query sees the same rows. */
export interface ViewSnapshot {
  /** What the rows hold of the log. */
  readonly position: Position;
  /** Changes when another file is read, or events of long ago were folded late: what was kept from before does not fit. */
  readonly generation: string;
  all(sql: string, ...parameters: readonly SQLInputValue[]): readonly Row[];
  get(sql: string, ...parameters: readonly SQLInputValue[]): Row | undefined;
  /** Rows as arrays, one at a time: for large results. */
  rows(sql: string, ...parameters: readonly SQLInputValue[]): Iterable<readonly SQLOutputValue[]>;
}

/** Reads a view, beside the thread that keeps it up to date. Follows it when another file is swapped in. */
export interface ViewReader {
  /** Throws `ViewNotReadyError` (code `view-not-ready`) when there is no view of this version yet. */
  read<T>(query: (view: ViewSnapshot) => T): T;
  position(): Position;
  deadLetters(limit: number): readonly DeadLetter[];
  close(): void;
}

export interface ViewReaderOptions {
  readonly cacheMegabytes?: number;
  readonly mmapMegabytes?: number;
}

interface OpenView {
  readonly db: DatabaseSync;
  readonly statement: (sql: string, asArrays: boolean) => StatementSync;
}

/** Opens a view for reading. Nothing is opened before the first read. */
export function openViewReader(
  directory: string,
  { name, version }: Projection,
  { cacheMegabytes = 32, mmapMegabytes = 256 }: ViewReaderOptions = {},
): ViewReader {
  let opened: OpenView | undefined;
  let pointer = '';
  let generation = 0;

  function current(): OpenView {
    const seen = stampOf(pointerPath(directory, name));
    if (opened !== undefined && seen === pointer) return opened;
    close();
    const live = findLiveView(directory, name);
    if (live?.version !== version) {
      throw new ViewNotReadyError(`The view ${name} is not there yet in version ${version}.`);
    }
    opened = openForReading(viewPath(directory, live.file), cacheMegabytes, mmapMegabytes);
    pointer = seen;
    generation += 1;
    return opened;
  }

  function close(): void {
    opened?.db.close();
    opened = undefined;
  }

  function read<T>(query: (view: ViewSnapshot) => T): T {
    const { db, statement } = current();
    db.exec('BEGIN');
    try {
      const checkpoint = statement('SELECT position, repairs FROM checkpoint', false).get();
      return query({
        position: Number(checkpoint?.['position'] ?? START),
        generation: `${generation}.${String(checkpoint?.['repairs'])}`,
        all: (sql, ...parameters) => statement(sql, false).all(...parameters),
        get: (sql, ...parameters) => statement(sql, false).get(...parameters),
        rows: (sql, ...parameters) => statement(sql, true).iterate(...parameters) as Iterable<never>,
      });
    } finally {
      db.exec('COMMIT');
    }
  }

  return {
    read,
    position: () => read(({ position }) => position),
    deadLetters: (limit) => read((view) => view.all(DEAD_LETTERS_QUERY, limit).map(toDeadLetter)),
    close,
  };
}

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.ino}-${stat.mtimeMs}`;
}

function openForReading(path: string, cacheMegabytes: number, mmapMegabytes: number): OpenView {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 1_000 });
  db.exec(`PRAGMA cache_size = -${cacheMegabytes * 1024};
    PRAGMA mmap_size = ${mmapMegabytes * 1_048_576};
    PRAGMA temp_store = MEMORY;`);
  const statements = new Map<string, StatementSync>();
  return {
    db,
    statement(sql, asArrays) {
      const key = asArrays ? `[] ${sql}` : sql;
      const known = statements.get(key);
      if (known !== undefined) return known;
      const prepared = db.prepare(sql);
      prepared.setReturnArrays(asArrays);
      statements.set(key, prepared);
      return prepared;
    },
  };
}
