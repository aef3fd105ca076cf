import type { DatabaseSync } from 'node:sqlite';
import type { LogHead } from './head.ts';
import type { LogReader } from './reader.ts';
import type { Settings } from './settings.ts';
import type { AppendTransaction } from './transaction.ts';
import { openConnection } from './connection.ts';
import { openDictionary } from './dictionary.ts';
import { logFile } from './files.ts';
import { openHead } from './head.ts';
import { openReader } from './reader.ts';
import { checkFormat, createLog, logIdOf } from './schema.ts';
import { openTransaction } from './transaction.ts';

/** So many times the pages of a bulk commit's checkpoint. */
const SMALL_COMMITS_WAIT = 2;

/** One connection with everything that is prepared on it. */
export interface Session {
  readonly db: DatabaseSync;
  readonly logId: string;
  readonly head: LogHead;
  readonly reader: LogReader;
  readonly transaction: AppendTransaction;
  /** A number that changes when another connection has committed. */
  dataVersion(): number;
  /** Says of the commit to come whether it is a bulk one: those move the WAL's pages into the main file for everyone. */
  announceCommit(bulk: boolean): void;
  /** Takes back what the transaction has written. */
  rollback(): void;
}

/** Opens the log, creating it with this id when it is new. Throws when busy. */
export function openSession(settings: Settings, newLogId: string): Session {
  const { directory, readOnly, clock } = settings;
  const db = openConnection(logFile(directory), settings);
  try {
    if (!readOnly) createLog(db, newLogId, clock());
    checkFormat(db, directory);
    const logId = logIdOf(db);
    const dictionary = openDictionary(db);
    const head = openHead(db, logId);
    const version = db.prepare('PRAGMA data_version');
    return {
      db,
      logId,
      head,
      reader: openReader(db, dictionary, head, settings),
      transaction: openTransaction(db, dictionary, head, settings),
      dataVersion: () => Number(version.get()?.['data_version']),
      announceCommit: checkpointSetter(db, settings),
      rollback() {
        if (db.isTransaction) db.exec('ROLLBACK');
        dictionary.forget();
      },
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Moving 4,000 pages takes the better part of a second, and whoever commits as the WAL gets long has to do it: small
 * commits, which someone is waiting for, leave it to bulk ones as long as they can.
 */
function checkpointSetter(db: DatabaseSync, { checkpointPages }: Settings): (bulk: boolean) => void {
  let current = true;
  return (bulk) => {
    if (bulk === current) return;
    db.exec(`PRAGMA wal_autocheckpoint = ${bulk ? checkpointPages : checkpointPages * SMALL_COMMITS_WAIT}`);
    current = bulk;
  };
}

/** Moves every commit out of the WAL into the main file and onto the disk. Throws when it can't. */
export function flushWal(db: DatabaseSync): boolean {
  return Number(db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy']) === 0;
}
