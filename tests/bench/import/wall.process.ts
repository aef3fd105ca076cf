import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { dataDirectory } from '#apps/hub';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { measure } from '../harness/child.ts';

export interface WallInput {
  /** A data directory whose log is to be written once more. */
  readonly dataDir: string;
  /** Where the plain copy goes. */
  readonly copyDir: string;
}

export interface WallResult {
  readonly events: number;
  readonly rows: number;
  readonly seconds: number;
}

const ROWS_READ_AT_ONCE = 50_000;
const ROWS_PER_COMMIT = 1_000;
const LOG_FILE = 'log.db';

type Values = readonly (string | number | null)[];

/** A table of the log with the columns that the events' path writes. */
const TABLES = [
  { name: 'streams', order: 'id', columns: ['id', 'key', 'name'] },
  {
    name: 'events',
    order: 'position',
    columns: ['position', 'stream_id', 'version', 'type_id', 'recorded_at', 'commitment', 'hash', 'body'],
  },
  { name: 'personal', order: 'position', columns: ['position', 'salt', 'body'] },
] as const;

// The fastest that the disk and SQLite allow: the very same rows in the adapter's own tables, inserted plainly, in order.
await measure<WallInput, WallResult>(async ({ dataDir, copyDir }, step) => {
  const empty = await SqliteEventStore.open({ directory: copyDir });
  await empty.close();
  const source = new DatabaseSync(join(dataDirectory(dataDir).log, LOG_FILE), { readOnly: true });
  const copy = new DatabaseSync(join(copyDir, LOG_FILE));
  copy.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
    PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY;`);
  let rows = 0;
  let milliseconds = 0;
  for (const { name, order, columns } of TABLES) {
    const list = columns.join(', ');
    const read = source.prepare(`SELECT ${list} FROM ${name} WHERE ${order} > ? ORDER BY ${order} LIMIT ?`);
    read.setReturnArrays(true);
    const insert = copy.prepare(`INSERT INTO ${name} (${list}) VALUES (${columns.map(() => '?').join(', ')})`);
    for (let after = 0; ;) {
      const page = read.all(after, ROWS_READ_AT_ONCE) as unknown as Values[];
      if (page.length === 0) break;
      after = Number(page.at(-1)?.[0]);
      const startedAt = performance.now();
      for (let from = 0; from < page.length; from += ROWS_PER_COMMIT) {
        copy.exec('BEGIN IMMEDIATE');
        for (const values of page.slice(from, from + ROWS_PER_COMMIT)) insert.run(...values);
        copy.exec('COMMIT');
      }
      milliseconds += performance.now() - startedAt;
      rows += page.length;
    }
    step(`${rows.toLocaleString('en')} rows inserted`);
  }
  const events = Number(copy.prepare('SELECT count(*) AS events FROM events').get()?.['events']);
  source.close();
  copy.close();
  return { events, rows, seconds: milliseconds / 1000 };
});
