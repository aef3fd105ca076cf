import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import type { LogPoint } from '../port/index.ts';
import { LogDamagedError } from '../port/index.ts';
import { writeAnchor } from './anchor.ts';
import { failureOf, resultCode, systemCode } from './failures.ts';
import { anchorFile, logFile, secretFile, syncDirectory, writeDurably } from './files.ts';
import { openHead } from './head.ts';
import { walkLog } from './log-walk.ts';
import { checkFormat, logIdOf } from './schema.ts';
import { loadOrCreateSecret } from './secret.ts';
import { openForMaintenance } from './verify.ts';

/** A backup or a restore that would overwrite something, or a file that is no sound backup. Nothing was changed. */
export class BackupRefusedError extends Error {
  override readonly name = 'BackupRefusedError';
  readonly code = 'backup-refused';
}

/** How much is done, from 0 to 1. */
export type BackupProgress = (done: number) => void;

const PAGES_AT_ONCE = 2_000;

/**
 * Copies the log as it stands now, with its secret key, into one new file, beside a running hub. The file is an SQLite
 * database: the log's tables, and one that holds the key. Returns the point up to which it reaches. Throws
 * `BackupRefusedError` when the file is there already, or its directory is not.
 */
export async function backupLog(
  directory: string,
  file: string,
  onProgress: BackupProgress = () => undefined,
): Promise<LogPoint> {
  if (existsSync(file)) throw thereAlready(file);
  if (!existsSync(dirname(file)))
    throw new BackupRefusedError(`There is no directory ${dirname(file)} to write it to.`);
  const source = await openForMaintenance(directory);
  const draft = `${file}.part`;
  try {
    checkFormat(source, directory);
    closeSync(openSync(draft, 'w', 0o600));
    // While this transaction lasts the source stands still for us: without it, every commit would start the copy anew.
    source.exec('BEGIN');
    const point = openHead(source, logIdOf(source)).end();
    await backup(source, draft, {
      rate: PAGES_AT_ONCE,
      progress: ({ totalPages, remainingPages }) => onProgress(1 - remainingPages / totalPages),
    });
    source.exec('COMMIT');
    packSecret(draft, loadOrCreateSecret(directory));
    syncFile(draft);
    linkSync(draft, file);
    syncDirectory(dirname(file));
    onProgress(1);
    return point;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw thereAlready(file);
    throw failureOf(error, dirname(file));
  } finally {
    source.close();
    rmSync(draft, { force: true });
  }
}

/**
 * Brings a backup back into a data directory without a log, after walking its running hash. Returns the point up to which it
 * reaches. Throws `BackupRefusedError` when a log is there already or the file is no sound backup.
 */
export async function restoreLog(
  file: string,
  directory: string,
  onProgress: BackupProgress = () => undefined,
): Promise<LogPoint> {
  const taken = [logFile(directory), anchorFile(directory), secretFile(directory)].find((path) => existsSync(path));
  if (taken !== undefined) {
    throw new BackupRefusedError(
      `${taken} is there already. Restore into another data directory, or move this one away.`,
    );
  }
  if (!existsSync(file)) throw new BackupRefusedError(`There is no file ${file}.`);
  const draft = `${logFile(directory)}.restoring`;
  try {
    mkdirSync(directory, { recursive: true });
    copyFileSync(file, draft);
    const { point, secret } = await unpack(draft, file, directory, onProgress);
    syncFile(draft);
    writeDurably(secretFile(directory), secret, 0o600);
    writeAnchor(directory, point);
    renameSync(draft, logFile(directory));
    syncDirectory(directory);
    return point;
  } catch (error) {
    if (resultCode(error) !== undefined || error instanceof LogDamagedError) throw noBackup(file, error);
    throw failureOf(error, directory);
  } finally {
    rmSync(draft, { force: true });
  }
}

function packSecret(draft: string, secret: Uint8Array): void {
  const copy = new DatabaseSync(draft);
  try {
    copy.exec('PRAGMA journal_mode = DELETE; CREATE TABLE backup (secret BLOB NOT NULL) STRICT');
    copy.prepare('INSERT INTO backup (secret) VALUES (?)').run(secret);
  } finally {
    copy.close();
  }
}

async function unpack(
  draft: string,
  file: string,
  directory: string,
  onProgress: BackupProgress,
): Promise<{ point: LogPoint; secret: Uint8Array }> {
  const copy = new DatabaseSync(draft);
  try {
    checkFormat(copy, directory);
    const secret = copy.prepare('SELECT secret FROM backup').get()?.['secret'];
    const logId = logIdOf(copy);
    const point = openHead(copy, logId).end();
    if (!(secret instanceof Uint8Array)) throw noBackup(file);
    const walked = await walkLog(copy, logId, point.position, (position) => onProgress(position / point.position));
    if (walked.firstBad !== undefined) {
      throw new BackupRefusedError(
        `${file} is damaged from position ${walked.firstBad.position} on. Use another backup.`,
      );
    }
    copy.exec('DROP TABLE backup');
    return { point, secret };
  } finally {
    copy.close();
  }
}

function thereAlready(file: string): BackupRefusedError {
  return new BackupRefusedError(`${file} is there already. Name another file.`);
}

function noBackup(file: string, cause?: unknown): BackupRefusedError {
  return new BackupRefusedError(`${file} is not a backup of a log.`, { cause });
}

function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
