import type { DatabaseSync } from 'node:sqlite';

/** Adds a column of text to a table that an earlier version made without it. */
export function ensureTextColumn(database: DatabaseSync, table: string, column: string): void {
  const known = database.prepare('SELECT 1 FROM pragma_table_info(?) WHERE name = ?').get(table, column);
  if (known === undefined) database.exec(`ALTER TABLE ${table} ADD COLUMN ${column} TEXT`);
}
