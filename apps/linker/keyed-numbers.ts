import type { IndexStatements } from './index-statements.ts';
import { insertRows, setAll } from './many-at-once.ts';

/**
 * One of the index's tables of keys and numbers. While a page is folded, what it asks for is looked up in one statement, and what
 * it adds is written in few: starting a statement costs more than a row. Everything is seen at once, as if it were written.
 */
export class KeyedNumbers {
  readonly #statements: IndexStatements;
  readonly #table: string;
  readonly #perKey: number;
  /** By key, in ascending order: all of its numbers, or at least the first `perKey`. */
  readonly #known = new Map<number, number[]>();
  /** Keys with their numbers, one behind the other, that are not written yet. */
  #added: number[] = [];
  /** Those of the keys that are not known. */
  readonly #unseen = new Set<number>();

  /** `perKey`: more numbers of a key are seldom asked for. */
  constructor(statements: IndexStatements, table: string, perKey: number) {
    this.#statements = statements;
    this.#table = table;
    this.#perKey = perKey;
  }

  /** Looks the keys up together. */
  load(keys: Iterable<number>): void {
    this.write();
    const wanted = setAll(this.#known, keys, []);
    if (wanted === undefined) return;
    const rows = this.#statements.rows(
      `SELECT wanted.value, number FROM json_each(?) AS wanted CROSS JOIN ${this.#table} AS t
       ON t.key = wanted.value AND t.number IN
         (SELECT number FROM ${this.#table} WHERE key = wanted.value ORDER BY number LIMIT ?)`,
      JSON.stringify(wanted),
      this.#perKey,
    );
    for (const [key, number] of rows) this.#insert(Number(key), Number(number));
  }

  /** The first numbers of a key, in ascending order. */
  find(key: number, limit = this.#perKey): readonly number[] {
    const known = this.#known.get(key);
    if (known !== undefined && limit <= this.#perKey) return known.length <= limit ? known : known.slice(0, limit);
    if (known !== undefined || this.#unseen.has(key)) this.write();
    return this.#statements.numbers(
      `SELECT number FROM ${this.#table} WHERE key = ? ORDER BY number LIMIT ?`,
      key,
      limit,
    );
  }

  add(key: number, number: number): void {
    const known = this.#known.get(key);
    if (known === undefined) this.#unseen.add(key);
    else this.#insert(key, number);
    this.#added.push(key, number);
  }

  remove(key: number, number: number): void {
    this.write();
    this.#known.delete(key);
    this.#statements.run(`DELETE FROM ${this.#table} WHERE key = ? AND number = ?`, key, number);
  }

  /** Writes what was added. */
  write(): void {
    if (this.#added.length === 0) return;
    insertRows(this.#statements, `INSERT OR IGNORE INTO ${this.#table}`, 2, this.#added);
    this.#added = [];
    this.#unseen.clear();
  }

  /** Forgets what is not written, and what was looked up. */
  forget(): void {
    this.#known.clear();
    this.#unseen.clear();
    this.#added = [];
  }

  #insert(key: number, number: number): void {
    const numbers = this.#known.get(key);
    // Most keys have no number, and share the list of none.
    if (numbers === undefined || numbers.length === 0) this.#known.set(key, [number]);
    else if (number > (numbers.at(-1) ?? -1)) numbers.push(number);
    else if (!numbers.includes(number)) {
      const at = numbers.findIndex((other) => other > number);
      numbers.splice(at, 0, number);
    }
  }
}
