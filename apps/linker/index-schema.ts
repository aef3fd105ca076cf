import type { DatabaseSync } from 'node:sqlite';
import { CHECKS } from '#contracts/verdicts';

/** Bumped whenever the tables or what stands in them change: an older file is thrown away and folded anew. */
const TABLES_VERSION = 7;
const MOST_CHECKS = 1_000;

/** An index of the time before a check does not know whom that check's records mention: it is folded anew too. */
export const INDEX_VERSION = TABLES_VERSION * MOST_CHECKS + CHECKS.length;

/**
 * What stands under a key: of an identifier or a likeness the ids of records, of a mention the places in records that mention it
 * (see `placeOf`).
 */
export const INDEX_SCHEMA = `
  CREATE TABLE record (
    id INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL
  );
  CREATE TABLE identifier (key INTEGER, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID;
  CREATE TABLE mention (key INTEGER, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID;
  CREATE TABLE likeness (key INTEGER, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID;
  CREATE TABLE held (record INTEGER, slot INTEGER, as_of INTEGER NOT NULL, cause TEXT NOT NULL, PRIMARY KEY (record, slot)) WITHOUT ROWID;
  CREATE TABLE held_pair (one INTEGER, other INTEGER, as_of INTEGER NOT NULL, cause TEXT NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
  CREATE TABLE suspended (stream TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE intake (id TEXT PRIMARY KEY, started_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE rejudge (id INTEGER PRIMARY KEY CHECK (id = 1), after INTEGER NOT NULL, as_of INTEGER NOT NULL, cause TEXT NOT NULL);
  CREATE TABLE point (name TEXT PRIMARY KEY, log_id TEXT NOT NULL, position INTEGER NOT NULL, hash TEXT NOT NULL) WITHOUT ROWID;
`;

/** Whether a database is an index of this version. */
export const isIndex = (database: DatabaseSync): boolean =>
  database.prepare('PRAGMA user_version').get()?.['user_version'] === INDEX_VERSION;
