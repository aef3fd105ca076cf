import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { whenWhole } from './index-damage.ts';

export type Value = number | string | null;

/** The statements of the index, each prepared once. Rows come as arrays: they are read by the million. */
export class IndexStatements {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  run(sql: string, ...values: readonly Value[]): void {
    whenWhole(() => this.#statement(sql).run(...values));
  }

  row(sql: string, ...values: readonly Value[]): readonly Value[] | undefined {
    return whenWhole(() => this.#statement(sql).get(...values)) as unknown as readonly Value[] | undefined;
  }

  rows(sql: string, ...values: readonly Value[]): readonly (readonly Value[])[] {
    return whenWhole(() => this.#statement(sql).all(...values)) as unknown as readonly (readonly Value[])[];
  }

  /** The first column of every row. */
  numbers(sql: string, ...values: readonly Value[]): readonly number[] {
    return this.rows(sql, ...values).map(([value]) => Number(value));
  }

  /** Lets go of what is prepared: to be called before tables change. */
  clear(): void {
    this.#prepared.clear();
  }

  #statement(sql: string): StatementSync {
    let statement = this.#prepared.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      statement.setReturnArrays(true);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}
