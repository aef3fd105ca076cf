import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openCorrectionStorage, type CorrectionStorage } from './correction-storage.ts';
import { openRecordStorage, type RecordStorage } from './record-storage.ts';

/** A source's own storage: its records with all their changes, and the correction requests it was sent. */
export interface SourceStorage {
  /** Undefined for a record type that the registry doesn't keep. */
  records(record: string): RecordStorage | undefined;
  readonly recordTypes: readonly string[];
  readonly corrections: CorrectionStorage;
  /** Runs `work` in one transaction: all of it or nothing. */
  transaction<T>(work: () => T): T;
  isLoaded(record: string): boolean;
  markLoaded(record: string): void;
  close(): void;
}

/** Opens (or makes) the file; `:memory:` keeps everything in memory. */
export function openSourceStorage(file: string, recordTypes: readonly string[]): SourceStorage {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000;
    CREATE TABLE IF NOT EXISTS loaded (record TEXT PRIMARY KEY) STRICT`);
  const storages = new Map(recordTypes.map((record) => [record, openRecordStorage(database, record)]));
  const corrections = openCorrectionStorage(database);
  const isLoaded = database.prepare('SELECT 1 FROM loaded WHERE record = ?');
  const markLoaded = database.prepare('INSERT OR IGNORE INTO loaded (record) VALUES (?)');
  return {
    records: (record) => storages.get(record),
    recordTypes,
    corrections,
    transaction(work) {
      database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        for (const storage of [...storages.values(), corrections]) storage.refresh();
        throw error;
      }
    },
    isLoaded: (record) => isLoaded.get(record) !== undefined,
    markLoaded: (record) => void markLoaded.run(record),
    close: () => database.close(),
  };
}
