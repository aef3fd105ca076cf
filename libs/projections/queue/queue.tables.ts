/**
 * `items`: every reconciliation that is a mismatch, or was one and still has its record. `groups`: check, record type and codes, each
 * combination once; `kinds`: a group with its findings. `cells`: how many items there are by group, ward, stage and day, but
 * for those that someone holds; `changed` lets a reader fetch only what is new. `flows`: what happened on each day. `item_text`: words of
 * names and keys, without diacritics.
 *
 * `day` and `at` are those of the item's coming into the queue, or, once it is done, of its leaving it. The indexes
 * carry what filters ask for, so that a row is only read when it is shown; that by change lets a reader fetch only what is new.
 */
export const QUEUE_TABLES = `
  CREATE TABLE groups (
    id INTEGER PRIMARY KEY,
    check_name TEXT NOT NULL,
    record_type INTEGER NOT NULL,
    codes TEXT NOT NULL
  );
  CREATE TABLE kinds (id INTEGER PRIMARY KEY, grp INTEGER NOT NULL, findings TEXT NOT NULL);
  CREATE TABLE wards (id INTEGER PRIMARY KEY, code TEXT);
  CREATE TABLE cells (
    id INTEGER PRIMARY KEY,
    grp INTEGER NOT NULL,
    ward INTEGER NOT NULL,
    stage INTEGER NOT NULL,
    day INTEGER NOT NULL,
    items INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    UNIQUE (grp, ward, stage, day)
  );
  CREATE INDEX cells_by_change ON cells (changed);
  CREATE TABLE flows (
    day INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    ward INTEGER NOT NULL,
    flow TEXT NOT NULL,
    items INTEGER NOT NULL,
    PRIMARY KEY (day, grp, ward, flow)
  ) WITHOUT ROWID;
  CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    stream BLOB NOT NULL,
    grp INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    ward INTEGER NOT NULL,
    stage INTEGER NOT NULL,
    done INTEGER NOT NULL,
    at INTEGER NOT NULL,
    opened_at INTEGER,
    closed_at INTEGER,
    decision TEXT,
    holder TEXT,
    lease_until INTEGER,
    corrections TEXT NOT NULL,
    verdict_id TEXT NOT NULL,
    matched INTEGER NOT NULL,
    left_key BLOB NOT NULL,
    left_version INTEGER NOT NULL,
    right_type INTEGER,
    right_key BLOB,
    right_version INTEGER,
    record_key TEXT NOT NULL,
    name TEXT NOT NULL,
    stream_version INTEGER NOT NULL,
    position INTEGER NOT NULL
  );
  CREATE UNIQUE INDEX items_by_stream ON items (stream);
  CREATE INDEX items_by_time ON items (done, at, id, grp, ward, stage, lease_until);
  CREATE INDEX items_by_ward ON items (done, ward, at, grp, stage, lease_until);
  CREATE INDEX items_by_group ON items (done, grp, at, ward, stage, lease_until);
  CREATE INDEX items_by_key ON items (done, record_key, id, grp, ward, at, stage, lease_until);
  CREATE INDEX items_by_change ON items (position);
  CREATE INDEX items_held ON items (holder) WHERE holder IS NOT NULL;
  CREATE VIRTUAL TABLE item_text USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, tokenize = 'unicode61'
  );`;
