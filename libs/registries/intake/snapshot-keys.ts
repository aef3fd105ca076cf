import { open } from 'node:fs/promises';
import { RECORD_CHANGES, recordEventType } from '#contracts/events';
import type { EventStoreReader, RecordedEvent } from '#libs/event-store/port';
import { START } from '#libs/event-store/port';
import type { RecordDefinition } from '../definitions/index.ts';
import { openTemporaryDatabase } from '../temporary/index.ts';

const PAGE_EVENTS = 5_000;
const KEYS_AT_ONCE = 10_000;
const READABLE_BY_OWNER = 0o600;

/**
 * The records that a snapshot holds, so that those it does not hold can be named. They are kept in a temporary file, by stream: memory
 * stays the same however many there are.
 */
export class SnapshotKeys {
  readonly #db;
  readonly #remove;
  readonly #insert;

  constructor() {
    const { db, remove } = openTemporaryDatabase();
    // One transaction for everything: the file is thrown away in the end.
    db.exec(`
      CREATE TABLE seen (stream TEXT PRIMARY KEY) WITHOUT ROWID;
      CREATE TABLE vanished (stream TEXT PRIMARY KEY, key TEXT NOT NULL, withdrawn INTEGER NOT NULL) WITHOUT ROWID;
      BEGIN`);
    this.#db = db;
    this.#remove = remove;
    this.#insert = db.prepare('INSERT OR IGNORE INTO seen VALUES (?)');
  }

  add(stream: string): void {
    this.#insert.run(stream);
  }

  /** Counts the records of the log that are not in the snapshot and not withdrawn, and writes their keys to the file, if one is named. */
  async vanished(
    store: EventStoreReader,
    definition: RecordDefinition,
    file: string | undefined,
  ): Promise<{ readonly count: number; readonly file?: string }> {
    const types = RECORD_CHANGES.map((change) => recordEventType(definition.registry, definition.record, change));
    const isSeen = this.#db.prepare('SELECT 1 FROM seen WHERE stream = ?');
    const remember = this.#db.prepare('INSERT OR REPLACE INTO vanished VALUES (?, ?, ?)');
    let after = START;
    for (;;) {
      const page = await store.readAll({ after, filter: { types }, limit: PAGE_EVENTS });
      for (const event of page.events) {
        if (event.data['late'] === true || isSeen.get(event.stream) !== undefined) continue;
        remember.run(event.stream, keyOf(event), event.data['withdrawn'] === true ? 1 : 0);
      }
      after = page.position;
      if (page.end) break;
    }
    const count = Number(this.#db.prepare('SELECT count(*) AS n FROM vanished WHERE withdrawn = 0').get()?.['n'] ?? 0);
    if (file === undefined || count === 0) return { count };
    await this.#writeKeys(file);
    return { count, file };
  }

  close(): void {
    this.#remove();
  }

  async #writeKeys(path: string): Promise<void> {
    const file = await open(path, 'w', READABLE_BY_OWNER);
    try {
      let lines: string[] = [];
      for (const row of this.#db.prepare('SELECT key FROM vanished WHERE withdrawn = 0 ORDER BY key').iterate()) {
        if (lines.push(`${String(row['key'])}\n`) < KEYS_AT_ONCE) continue;
        await file.appendFile(lines.join(''));
        lines = [];
      }
      await file.appendFile(lines.join(''));
    } finally {
      await file.close();
    }
  }
}

function keyOf(event: RecordedEvent): string {
  const key = event.personal?.['key'];
  return typeof key === 'string' ? key : '(erased)';
}
