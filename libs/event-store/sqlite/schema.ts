import type { DatabaseSync } from 'node:sqlite';
import { LogDamagedError, LogFromNewerVersionError } from '../port/index.ts';

/** Raised whenever an older hub could no longer read the log. */
export const LOG_FORMAT = 1;

/**
 * - `streams` and `types`: dictionaries, so that an event holds small numbers. `key` is a hash of the name: an index on it
 *   is a third of one on names, and it is random pages dirtied that cost most. Two names may share a key.
 * - `events.body`: JSON `[id, schemaVersion, occurredAt, correlationId, causationId, traceparent, actor, data]`.
 * - `events.commitment`: hash of salt and personal part; stays when the personal part is erased, so that the running hash
 *   can still be checked. Null when there is no personal part.
 * - `events.hash`: running hash over the log up to this event.
 * - `personal.key_id`: the sealing key of the body; null while it is not sealed. The salt goes with the personal part.
 */
const TABLES = `
  CREATE TABLE log (only INTEGER PRIMARY KEY CHECK (only = 1), log_id TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
  CREATE TABLE types (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE streams (id INTEGER PRIMARY KEY, key INTEGER NOT NULL, name TEXT NOT NULL) STRICT;
  CREATE INDEX streams_by_key ON streams (key);
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    type_id INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    commitment TEXT,
    hash TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX events_by_stream ON events (stream_id, version);
  CREATE TABLE personal (position INTEGER PRIMARY KEY, key_id INTEGER, salt TEXT NOT NULL, body TEXT NOT NULL) STRICT;
`;

/** Creates the tables of a new log; does nothing when they are there. Throws when busy. */
export function createLog(db: DatabaseSync, logId: string, now: number): void {
  if (formatOf(db) !== 0) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    if (formatOf(db) === 0) {
      db.exec(TABLES);
      db.prepare('INSERT INTO log (only, log_id, created_at) VALUES (1, ?, ?)').run(logId, now);
      db.exec(`PRAGMA user_version = ${LOG_FORMAT}`);
    }
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** Throws `LogFromNewerVersionError` or `LogDamagedError` unless this version of the hub can read the log. */
export function checkFormat(db: DatabaseSync, directory: string): void {
  const format = formatOf(db);
  if (format > LOG_FORMAT) {
    throw new LogFromNewerVersionError(
      `The log in ${directory} was written by a newer version (format ${format}; this one reads ${LOG_FORMAT}). Start that version.`,
    );
  }
  if (format !== LOG_FORMAT) throw new LogDamagedError(`${directory} holds a database that is not a log.`);
}

export function logIdOf(db: DatabaseSync): string {
  const row = db.prepare('SELECT log_id FROM log').get();
  if (typeof row?.['log_id'] !== 'string') throw new LogDamagedError('The log has lost its id. Restore a backup.');
  return row['log_id'];
}

function formatOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}
