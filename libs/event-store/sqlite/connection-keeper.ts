import { existsSync, mkdirSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import type { Session } from './session.ts';
import type { Settings } from './settings.ts';
import { EventStoreUnavailableError, LogDamagedError } from '../port/index.ts';
import { checkAnchor, readAnchor, writeAnchor } from './anchor.ts';
import { busyError, failureOf, isBusy, needsReopening } from './failures.ts';
import { anchorFile, logFile } from './files.ts';
import { whenFree } from './patience.ts';
import { loadOrCreateSecret } from './secret.ts';
import { flushWal, openSession } from './session.ts';

/** Keeps one session open, and opens it anew after an error that leaves its picture of the log in doubt. */
export interface ConnectionKeeper {
  /** Runs within one turn of the event loop; waits while another process is in the way. */
  use<T>(action: (session: Session) => T): Promise<T>;
  /** Holds the write lock during the action, and writes nothing. */
  useLocked<T>(action: (session: Session) => T): Promise<T>;
  /** Drops the session; the next use opens another and first brings everything in the WAL onto the disk. */
  doubt(): void;
  close(): void;
}

/** Opens the log of the directory and compares it with its anchor. */
export async function openKeeper(settings: Settings): Promise<ConnectionKeeper> {
  const { directory } = settings;
  let session: Session | undefined;
  let inDoubt = false;
  let closed = false;

  function current(): Session {
    if (closed) throw new EventStoreUnavailableError(`The event store in ${directory} is closed.`);
    session ??= openSession(settings, randomUUID());
    if (inDoubt) {
      if (!flushWal(session.db))
        throw busyError('The WAL is in use: what it holds is not yet on the disk for certain.');
      inDoubt = false;
    }
    return session;
  }

  function drop(): void {
    try {
      session?.db.close();
    } finally {
      session = undefined;
    }
  }

  async function use<T>(action: (session: Session) => T): Promise<T> {
    try {
      return await whenFree(settings.busyMilliseconds, () => action(current()));
    } catch (error) {
      if (needsReopening(error)) drop();
      throw failureOf(error, directory);
    }
  }

  const keeper: ConnectionKeeper = {
    use,
    useLocked: (action) =>
      use((open) => {
        open.db.exec('BEGIN IMMEDIATE');
        try {
          return action(open);
        } finally {
          if (open.db.isTransaction) open.db.exec('ROLLBACK');
        }
      }),
    doubt() {
      inDoubt = true;
      drop();
    },
    close() {
      closed = true;
      drop();
    },
  };

  await prepareDirectory(settings);
  try {
    const anchor = settings.acceptShorterLog ? undefined : readAnchor(directory);
    const head = await use((open) => {
      checkAnchor(anchor, directory, open.logId, open.head);
      return open.head.position();
    });
    if (!settings.readOnly && anchor?.position !== head) await anchorHead(keeper, directory);
    return keeper;
  } catch (error) {
    keeper.close();
    throw error;
  }
}

/** Writes the head apart from the log; under the write lock, so that no later head is overwritten by an earlier one. */
export function anchorHead(keeper: ConnectionKeeper, directory: string): Promise<void> {
  return keeper.useLocked(({ head }) => writeAnchor(directory, head.end()));
}

async function prepareDirectory({ directory, readOnly, busyMilliseconds, acceptShorterLog }: Settings): Promise<void> {
  if (existsSync(logFile(directory))) return;
  if (!acceptShorterLog && existsSync(anchorFile(directory))) {
    throw new LogDamagedError(
      `The log of ${directory} is gone, its anchor is there. Restore a backup with \`khop restore\`.`,
    );
  }
  if (readOnly) throw new EventStoreUnavailableError(`There is no log in ${directory}.`);
  try {
    mkdirSync(directory, { recursive: true });
    await whenFree(busyMilliseconds, () => loadOrCreateSecret(directory));
  } catch (error) {
    throw isBusy(error) ? error : failureOf(error, directory);
  }
}
