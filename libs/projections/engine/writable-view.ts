import { DatabaseSync } from 'node:sqlite';
import { START, type LogPoint, type Position, type RecordedEvent } from '#libs/event-store/port';
import { DEAD_LETTER_TABLES, openDeadLetters, type DeadLetterBox } from './dead-letters.ts';
import { isFaultOfEvent, reasonOf, TooManyDeadLettersError } from './failures.ts';
import type { Fold, Loaded, Projection } from './projection.ts';
import { placeOf, type SetAsideBook } from './set-aside.ts';
import { traceUnfoldable } from './fold-traces.ts';
import { viewPath } from './view-files.ts';

export interface ViewFileOptions {
  readonly directory: string;
  readonly file: string;
  readonly cacheMegabytes: number;
  /** WAL pages after which a commit moves them into the main file. */
  readonly checkpointPages: number;
  /** More failed events than this stop the view. */
  readonly maxDeadLetters: number;
  readonly clock: () => number;
  /** Events that are left out of views for good. */
  readonly setAside: Pick<SetAsideBook, 'of'>;
}

/** A view's file, open for folding. Its checkpoint commits with the rows. */
export interface WritableView {
  readonly projection: Projection;
  readonly file: string;
  readonly position: Position;
  /** Where the rows stand; undefined before the first batch. */
  checkpoint(): LogPoint | undefined;
  /**
   * Folds events, in the order of the log, and moves the checkpoint: all or, when it throws, nothing. An event that the
   * checkpoint holds already is passed over, so that a second delivery changes nothing.
   */
  apply(events: readonly RecordedEvent[], loaded: Loaded, point: LogPoint): void;
  /** Runs a change of the dead letters in a transaction; `tryFold` tells why an event can't be folded. */
  repair<T>(
    change: (box: DeadLetterBox, tryFold: (event: RecordedEvent, loaded: Loaded) => string | undefined) => T,
  ): T;
  deadLetters(): number;
  close(): void;
}

const BUSY_MILLISECONDS = 5_000;

/** Opens a view's file, or makes it. Throws the error of SQLite for a file that is none. */
export function openWritableView(projection: Projection, options: ViewFileOptions): WritableView {
  const db = new DatabaseSync(viewPath(options.directory, options.file), { timeout: BUSY_MILLISECONDS });
  try {
    db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA cache_size = -${options.cacheMegabytes * 1024};
      PRAGMA wal_autocheckpoint = ${options.checkpointPages};
      PRAGMA temp_store = MEMORY;`);
    createTables(db, projection);
    return writableView(db, projection, options);
  } catch (error) {
    db.close();
    throw error;
  }
}

function createTables(db: DatabaseSync, projection: Projection): void {
  if (db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'checkpoint'`).get() !== undefined) return;
  db.exec(`BEGIN;
    CREATE TABLE checkpoint (
      id INTEGER PRIMARY KEY CHECK (id = 1), log_id TEXT, position INTEGER, hash TEXT, repairs INTEGER NOT NULL
    );
    ${DEAD_LETTER_TABLES}
    ${projection.tables}
    COMMIT;`);
}

function writableView(db: DatabaseSync, projection: Projection, options: ViewFileOptions): WritableView {
  const readCheckpoint = db.prepare('SELECT log_id, position, hash FROM checkpoint');
  const writeCheckpoint = db.prepare(`INSERT INTO checkpoint VALUES (1, ?, ?, ?, 0)
    ON CONFLICT DO UPDATE SET log_id = excluded.log_id, position = excluded.position, hash = excluded.hash`);
  const countRepair = db.prepare('UPDATE checkpoint SET repairs = repairs + 1');
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const savepoint = db.prepare('SAVEPOINT event');
  const release = db.prepare('RELEASE event');
  const box = openDeadLetters(db);
  let fold: Fold = projection.open(db);
  let position = checkpoint()?.position ?? START;

  function checkpoint(): LogPoint | undefined {
    const row = readCheckpoint.get();
    if (row === undefined) return undefined;
    return { logId: String(row['log_id']), position: Number(row['position']), hash: String(row['hash']) };
  }

  /** What the fold has kept may rest on rows that are gone now. */
  function undo(sql: string): void {
    if (db.isTransaction) db.exec(sql);
    fold = projection.open(db);
  }

  function inTransaction<T>(work: () => T): T {
    begin.run();
    try {
      const result = work();
      commit.run();
      return result;
    } catch (error) {
      undo('ROLLBACK');
      box.refresh();
      throw error;
    }
  }

  function tryFold(event: RecordedEvent, loaded: Loaded): string | undefined {
    savepoint.run();
    try {
      fold([event], loaded);
      release.run();
      return undefined;
    } catch (error) {
      if (!isFaultOfEvent(error)) throw error;
      traceUnfoldable(projection.name, event, error);
      undo('ROLLBACK TO event; RELEASE event');
      return reasonOf(error);
    }
  }

  function withoutSetAside(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
    const decided = options.setAside.of(projection.name);
    if (decided === undefined) return events;
    return events.filter((event) => {
      const reason = decided.get(placeOf(event.stream, event.streamVersion));
      if (reason !== undefined) box.leaveOut(event, reason);
      return reason === undefined;
    });
  }

  /** Events of a stream with a dead letter wait behind it; the others are not held up. */
  function withoutWaiting(delivered: readonly RecordedEvent[]): readonly RecordedEvent[] {
    const events = withoutSetAside(delivered);
    if (box.parked.size === 0) return events;
    return events.filter((event) => {
      const waits = box.parked.has(event.stream);
      if (waits) box.wait(event);
      return !waits;
    });
  }

  /** Finds the events that can't be folded, one by one. */
  function foldEach(events: readonly RecordedEvent[], loaded: Loaded): void {
    for (const event of events) {
      if (withoutWaiting([event]).length === 0) continue;
      const reason = tryFold(event, loaded);
      if (reason !== undefined) box.fail(event, reason, options.clock());
    }
    if (box.count() <= options.maxDeadLetters) return;
    throw new TooManyDeadLettersError(`${projection.name}: more than ${options.maxDeadLetters} events can't be folded`);
  }

  function foldAll(events: readonly RecordedEvent[], loaded: Loaded): void {
    const ready = withoutWaiting(events);
    if (ready.length > 0) fold(ready, loaded);
  }

  function commitBatch(foldBatch: typeof foldAll, events: readonly RecordedEvent[], loaded: Loaded, point: LogPoint) {
    inTransaction(() => {
      foldBatch(events, loaded);
      writeCheckpoint.run(point.logId, point.position, point.hash);
    });
    position = point.position;
  }

  return {
    projection,
    file: options.file,
    get position() {
      return position;
    },
    checkpoint,
    apply(delivered, loaded, point) {
      const events = delivered.filter((event) => event.position > position);
      try {
        commitBatch(foldAll, events, loaded, point);
      } catch (error) {
        if (events.length === 0 || !isFaultOfEvent(error)) throw error;
        commitBatch(foldEach, events, loaded, point);
      }
    },
    repair: (change) =>
      inTransaction(() => {
        countRepair.run();
        return change(box, tryFold);
      }),
    deadLetters: () => box.count(),
    close: () => db.close(),
  };
}
