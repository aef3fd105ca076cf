import { existsSync, statSync } from 'node:fs';
import { anchorFile, logFile } from './files.ts';

/** Whether the directory holds a log, or has held one. */
export const hasLog = (directory: string): boolean =>
  existsSync(logFile(directory)) || existsSync(anchorFile(directory));

/** A log that nobody has open and that holds nothing in its WAL, as it was at one moment. */
export interface QuietLog {
  /** Whether somebody has opened or written it since. */
  hasChanged(): boolean;
}

/** The log of a directory, if it is quiet: then it may be opened `immutable`, until it has changed. */
export function findQuietLog(directory: string): QuietLog | undefined {
  const before = stampOf(directory);
  return before === undefined ? undefined : { hasChanged: () => stampOf(directory) !== before };
}

function stampOf(directory: string): string | undefined {
  const wal = statSync(`${logFile(directory)}-wal`, { throwIfNoEntry: false });
  const log = statSync(logFile(directory), { throwIfNoEntry: false });
  return (wal?.size ?? 0) > 0 || log === undefined ? undefined : `${log.ino} ${log.size} ${log.mtimeMs}`;
}
