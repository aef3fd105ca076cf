import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Row } from '../intake/index.ts';
import type { FileBounds } from './file-bounds.ts';
import { openTemporaryDatabase } from '../temporary/index.ts';

type SpoolBounds = Pick<FileBounds, 'maxGroupedRowsInMemory' | 'maxGroupedCharactersInMemory'>;

interface SpoolFile {
  readonly db: DatabaseSync;
  readonly insert: StatementSync;
  readonly remove: () => void;
}

/** Rows that wait for others of their key: in memory up to a bound, beyond it all of them in a temporary file. */
export class RowSpool {
  readonly #bounds: SpoolBounds;
  #characters = 0;
  #held: { readonly key: string; readonly row: Row }[] = [];
  #file: SpoolFile | undefined;

  constructor(bounds: SpoolBounds) {
    this.#bounds = bounds;
  }

  add(key: string, row: Row): void {
    const { maxGroupedRowsInMemory, maxGroupedCharactersInMemory } = this.#bounds;
    this.#characters += row.size ?? 0;
    const fits = this.#held.length < maxGroupedRowsInMemory && this.#characters <= maxGroupedCharactersInMemory;
    if (this.#file === undefined && fits) {
      this.#held.push({ key, row });
      return;
    }
    this.#file ??= this.#openFile();
    this.#file.insert.run(key, JSON.stringify(row));
  }

  /** The rows of each key, keys in the order of their first row. */
  *groups(): Generator<readonly Row[]> {
    if (this.#file === undefined) {
      const groups = new Map<string, Row[]>();
      for (const { key, row } of this.#held) {
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [row]);
        else group.push(row);
      }
      yield* groups.values();
      return;
    }
    const { db } = this.#file;
    db.exec('CREATE INDEX by_key ON rows (key, seq)');
    const inOrder = db.prepare(`
      SELECT r.key, r.row FROM rows r JOIN (SELECT key, min(seq) AS first FROM rows GROUP BY key) g ON g.key = r.key
      ORDER BY g.first, r.seq`);
    let key: unknown;
    let group: Row[] = [];
    for (const found of inOrder.iterate()) {
      if (found['key'] !== key && group.length > 0) {
        yield group;
        group = [];
      }
      key = found['key'];
      group.push(JSON.parse(String(found['row'])) as Row);
    }
    if (group.length > 0) yield group;
  }

  close(): void {
    this.#held = [];
    this.#file?.remove();
  }

  #openFile(): SpoolFile {
    const { db, remove } = openTemporaryDatabase();
    db.exec('CREATE TABLE rows (seq INTEGER PRIMARY KEY, key TEXT NOT NULL, row TEXT NOT NULL); BEGIN');
    const insert = db.prepare('INSERT INTO rows (key, row) VALUES (?, ?)');
    for (const { key, row } of this.#held) insert.run(key, JSON.stringify(row));
    this.#held = [];
    return { db, insert, remove };
  }
}
