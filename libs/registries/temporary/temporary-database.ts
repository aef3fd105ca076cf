import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A database for what does not fit into memory, in a directory that only its owner may read. `remove` deletes it. */
export function openTemporaryDatabase(): { readonly db: DatabaseSync; readonly remove: () => void } {
  const directory = mkdtempSync(join(tmpdir(), 'khop-'));
  const db = new DatabaseSync(join(directory, 'spool.db'));
  db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32000; PRAGMA temp_store = FILE');
  return {
    db,
    remove: () => {
      if (db.isOpen) db.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
