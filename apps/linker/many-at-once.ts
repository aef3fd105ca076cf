import type { IndexStatements, Value } from './index-statements.ts';

/** A look-up of fewer keys is not worth a statement for all of them. */
const WORTH_IT = 8;
const ROWS_AT_ONCE = 32;

/**
 * Those of the keys that are not there, each once, where they are many; they are then there with a value. Undefined, and nothing
 * has changed, where they are few: each is better looked up by itself.
 */
export function setAll<V>(known: Map<number, V>, keys: Iterable<number>, value: V): readonly number[] | undefined {
  const added: number[] = [];
  for (const key of keys) {
    if (known.has(key)) continue;
    known.set(key, value);
    added.push(key);
  }
  if (added.length >= WORTH_IT) return added;
  for (const key of added) known.delete(key);
  return undefined;
}

/** Writes rows of values that stand one behind the other, many with each statement. */
export function insertRows(statements: IndexStatements, into: string, columns: number, values: readonly Value[]): void {
  const row = `(${Array.from({ length: columns }, () => '?').join(', ')})`;
  const many = `${into} VALUES ${Array.from({ length: ROWS_AT_ONCE }, () => row).join(', ')}`;
  const step = columns * ROWS_AT_ONCE;
  let at = 0;
  for (; at + step <= values.length; at += step) statements.run(many, ...values.slice(at, at + step));
  for (; at < values.length; at += columns) statements.run(`${into} VALUES ${row}`, ...values.slice(at, at + columns));
}
