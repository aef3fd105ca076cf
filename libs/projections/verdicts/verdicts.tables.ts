/**
 * `shapes`: what verdicts say, each once: there are few hundred of them. `cells`: how many verdicts there are now, by shape, record type,
 * ward and rules. `judged`: how many were given on each day. `verdicts`: the current one of each reconciliation, which says all that in
 * one number, its cell. Rows are appended in the order of the log; only the indexes by stream and by counterpart are written at random:
 * the second holds the first bytes of the counterpart's hash alone, to be small. `pairs`: of each record, the pairs in which it was ever
 * suspected to be a duplicate: few.
 */
export const VERDICT_TABLES = `
  CREATE TABLE shapes (
    id INTEGER PRIMARY KEY,
    check_name TEXT NOT NULL,
    outcome TEXT NOT NULL,
    codes TEXT NOT NULL,
    findings TEXT NOT NULL
  );
  CREATE TABLE cells (
    id INTEGER PRIMARY KEY,
    shape INTEGER NOT NULL,
    record_type INTEGER NOT NULL,
    ward TEXT,
    rules TEXT NOT NULL,
    verdicts INTEGER NOT NULL
  );
  CREATE TABLE judged (
    day INTEGER NOT NULL,
    cell INTEGER NOT NULL,
    verdicts INTEGER NOT NULL,
    PRIMARY KEY (day, cell)
  ) WITHOUT ROWID;
  CREATE TABLE verdicts (
    id INTEGER PRIMARY KEY,
    stream BLOB NOT NULL,
    cell INTEGER NOT NULL,
    left_key BLOB NOT NULL,
    left_version INTEGER NOT NULL,
    right_type INTEGER,
    right_key BLOB,
    right_version INTEGER,
    stream_version INTEGER NOT NULL,
    position INTEGER NOT NULL
  );
  CREATE UNIQUE INDEX verdicts_by_stream ON verdicts (stream);
  CREATE INDEX verdicts_by_counterpart ON verdicts (substr(right_key, 1, 6)) WHERE right_key IS NOT NULL;
  CREATE TABLE pairs (record BLOB NOT NULL, stream BLOB NOT NULL, PRIMARY KEY (record, stream)) WITHOUT ROWID;`;
