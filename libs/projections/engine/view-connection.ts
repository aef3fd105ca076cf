import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { START, type Position } from '#libs/event-store/port';

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
  /** The first column of every row, of numbers: at once, for many. */
  column(sql: string, ...parameters: readonly SQLInputValue[]): readonly number[];
}

/** A connection that reads a view's file, with its statements. */
export interface ViewConnection {
  /** Begins to see one moment; `end` lets go of it. */
  begin(file: number): ViewSnapshot;
  end(): void;
  close(): void;
}

export interface ViewConnectionOptions {
  readonly cacheMegabytes: number;
  readonly mmapMegabytes: number;
}

const BUSY_MILLISECONDS = 1_000;

export function openViewConnection(path: string, options: ViewConnectionOptions): ViewConnection {
  const db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_MILLISECONDS });
  db.exec(`PRAGMA cache_size = -${options.cacheMegabytes * 1024};
    PRAGMA mmap_size = ${options.mmapMegabytes * 1_048_576};
    PRAGMA temp_store = MEMORY;`);
  const objects = new Map<string, StatementSync>();
  const arrays = new Map<string, StatementSync>();

  function prepared(statements: Map<string, StatementSync>, sql: string): StatementSync {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = db.prepare(sql);
    statement.setReturnArrays(statements === arrays);
    statements.set(sql, statement);
    return statement;
  }

  const all: ViewSnapshot['all'] = (sql, ...parameters) => prepared(objects, sql).all(...parameters);
  const get: ViewSnapshot['get'] = (sql, ...parameters) => prepared(objects, sql).get(...parameters);
  function* rows(sql: string, ...parameters: readonly SQLInputValue[]): Iterable<readonly SQLOutputValue[]> {
    for (const row of prepared(arrays, sql).iterate(...parameters)) if (isArrayRow(row)) yield row;
  }

  const column: ViewSnapshot['column'] = (sql, ...parameters) =>
    prepared(arrays, sql)
      .all(...parameters)
      .map((row) => (isArrayRow(row) ? Number(row[0]) : Number.NaN));

  return {
    begin(file) {
      db.exec('BEGIN');
      const checkpoint = get('SELECT position, repairs FROM checkpoint');
      const position = Number(checkpoint?.['position'] ?? START);
      return { position, generation: `${file}.${String(checkpoint?.['repairs'])}`, all, get, rows, column };
    },
    end: () => db.exec('COMMIT'),
    close: () => db.close(),
  };
}

/** Rows come as arrays when a statement was told so; its type does not know. */
const isArrayRow = (row: unknown): row is readonly SQLOutputValue[] => Array.isArray(row);
