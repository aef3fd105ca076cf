import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../port/index.ts';
import type { BadPosition } from './log-walk.ts';
import { EventStoreUnavailableError, LogDamagedError } from '../port/index.ts';
import { misfitOf, readAnchor } from './anchor.ts';
import { openConnection } from './connection.ts';
import { failureOf, resultCode } from './failures.ts';
import { logFile } from './files.ts';
import { openHead } from './head.ts';
import { firstGapInStreams, walkLog } from './log-walk.ts';
import { whenFree } from './patience.ts';
import { checkFormat, logIdOf } from './schema.ts';

/** What a walk over the whole log has shown. */
export interface VerifyReport {
  readonly sound: boolean;
  readonly logId: string;
  /** The log's end as the walk began. */
  readonly head: Position;
  /** Every event up to here is as it was written. */
  readonly soundUpTo: Position;
  readonly firstBad?: BadPosition;
  /** What is wrong besides single events, in words: the anchor, the file's inner order. */
  readonly problems: readonly string[];
  /** What to do, one step a line; empty when the log is sound. */
  readonly wayOut: readonly string[];
}

export type VerifyProgress = (position: Position, head: Position) => void;

const MAINTENANCE = { readOnly: true, cacheMegabytes: 64, checkpointPages: 4_000 };
const BUSY_MILLISECONDS = 10_000;

/**
 * Walks the running hash over the whole log, also of one that the store refuses to open, and beside a running hub. Throws
 * `EventStoreUnavailableError` when there is no log, `LogFromNewerVersionError`, and `LogDamagedError` when not even the
 * log's id can be read.
 */
export async function verifyLog(
  directory: string,
  onProgress: VerifyProgress = () => undefined,
): Promise<VerifyReport> {
  const db = await openForMaintenance(directory);
  try {
    checkFormat(db, directory);
    return await verifyDatabase(db, directory, onProgress);
  } catch (error) {
    throw failureOf(error, directory);
  } finally {
    db.close();
  }
}

/** A connection that only reads, for work on the whole log. */
export async function openForMaintenance(directory: string): Promise<DatabaseSync> {
  const file = logFile(directory);
  if (!existsSync(file)) throw new EventStoreUnavailableError(`There is no log in ${directory}.`);
  try {
    return await whenFree(BUSY_MILLISECONDS, () => openConnection(file, MAINTENANCE));
  } catch (error) {
    throw failureOf(error, directory);
  }
}

async function verifyDatabase(db: DatabaseSync, directory: string, onProgress: VerifyProgress): Promise<VerifyReport> {
  const logId = logIdOf(db);
  const anchorProblem = anchorProblemOf(db, directory, logId);
  const head = openHead(db, logId).position();
  const walked = await walkLog(db, logId, head, (position) => onProgress(position, head));
  const problems = anchorProblem === undefined ? [] : [anchorProblem];
  let firstBad = walked.firstBad;
  if (firstBad === undefined) {
    problems.push(...innerProblemsOf(db));
    firstBad = firstGapInStreams(db);
  }
  const soundUpTo = firstBad === undefined ? walked.soundUpTo : Math.min(walked.soundUpTo, firstBad.position - 1);
  const sound = firstBad === undefined && problems.length === 0;
  const report = { sound, logId, head, soundUpTo, problems, wayOut: sound ? [] : wayOutOf(directory, soundUpTo, head) };
  return firstBad === undefined ? report : { ...report, firstBad };
}

function anchorProblemOf(db: DatabaseSync, directory: string, logId: string): string | undefined {
  try {
    const anchor = readAnchor(directory);
    return anchor === undefined ? undefined : misfitOf(anchor, logId, openHead(db, logId));
  } catch (error) {
    if (error instanceof LogDamagedError) return 'Its anchor can not be read.';
    throw error;
  }
}

function innerProblemsOf(db: DatabaseSync): string[] {
  try {
    const rows = db.prepare('PRAGMA integrity_check(5)').all();
    return rows.map((row) => String(row['integrity_check'])).filter((line) => line !== 'ok');
  } catch (error) {
    if (resultCode(error) === undefined) throw error;
    return ['The file is damaged inside.'];
  }
}

function wayOutOf(directory: string, soundUpTo: Position, head: Position): string[] {
  const lost = head - soundUpTo;
  return [
    'Stop the hub and everything else that uses the data directory.',
    'With a backup: `khop restore FILE --data-dir NEW`, then import again what the registries have sent since.',
    `Without one: \`khop verify --keep-sound\` keeps the ${soundUpTo} events up to position ${soundUpTo}, gives up ${lost} after it, and leaves the damaged log aside in ${directory}.`,
  ];
}
