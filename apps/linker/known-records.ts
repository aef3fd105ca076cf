import type { IndexedRecord } from './index-rows.ts';
import type { IndexStatements, Value } from './index-statements.ts';
import { insertRows, setAll } from './many-at-once.ts';

/** The index's table of records: as with keys, a page's look-ups are made together, and what it changes is written in few statements. */
export class KnownRecords {
  readonly #statements: IndexStatements;
  readonly #known = new Map<number, IndexedRecord | undefined>();
  readonly #changed = new Map<number, IndexedRecord>();

  constructor(statements: IndexStatements) {
    this.#statements = statements;
  }

  load(ids: Iterable<number>): void {
    const wanted = setAll(this.#known, ids, undefined);
    if (wanted === undefined) return;
    const rows = this.#statements.rows(
      `SELECT r.id, stream, version, position, withdrawn
       FROM json_each(?) AS wanted CROSS JOIN record AS r ON r.id = wanted.value`,
      JSON.stringify(wanted),
    );
    for (const [id, ...row] of rows) this.#known.set(Number(id), recordOf(Number(id), row));
  }

  find(id: number): IndexedRecord | undefined {
    if (this.#known.has(id)) return this.#known.get(id);
    const row = this.#statements.row('SELECT stream, version, position, withdrawn FROM record WHERE id = ?', id);
    return row && recordOf(id, row);
  }

  put(record: IndexedRecord): void {
    this.#known.set(record.id, record);
    this.#changed.set(record.id, record);
  }

  /** Writes what was put. */
  write(): void {
    if (this.#changed.size === 0) return;
    const values: Value[] = [];
    for (const { id, stream, version, position, withdrawn } of this.#changed.values())
      values.push(id, stream, version, position, withdrawn ? 1 : 0);
    insertRows(this.#statements, 'INSERT OR REPLACE INTO record', 5, values);
    this.#changed.clear();
  }

  /** Forgets what is not written, and what was looked up. */
  forget(): void {
    this.#known.clear();
    this.#changed.clear();
  }
}

function recordOf(id: number, [stream, version, position, withdrawn]: readonly Value[]): IndexedRecord {
  return {
    id,
    stream: String(stream),
    version: Number(version),
    position: Number(position),
    withdrawn: withdrawn === 1,
  };
}
