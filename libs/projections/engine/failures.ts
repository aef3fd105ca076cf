/** The results of SQLite that lie in what was written; every other lies in the file, the disk or another process. */
const FAULTS_OF_THE_STATEMENT: ReadonlySet<number> = new Set([
  1, // SQLITE_ERROR
  18, // SQLITE_TOOBIG
  19, // SQLITE_CONSTRAINT
  20, // SQLITE_MISMATCH
  21, // SQLITE_MISUSE
  25, // SQLITE_RANGE
]);

const CORRUPT = 11;
const NOT_A_DATABASE = 26;

function sqliteResult(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

/** True when the event, or its fold, is at fault: trying it again changes nothing. */
export function isFaultOfEvent(error: unknown): boolean {
  const result = sqliteResult(error);
  return result === undefined || FAULTS_OF_THE_STATEMENT.has(result);
}

/** True when the file can't be read any more, and only building it again helps. */
export function isDamagedFile(error: unknown): boolean {
  const result = sqliteResult(error);
  return result === CORRUPT || result === NOT_A_DATABASE;
}

/** What to tell about an error: its stable code where it has one, and its message. */
export function describeError(error: unknown): { readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: 'unknown', message: String(error) };
  return { code: 'code' in error ? String(error.code) : error.name, message: error.message };
}

const PLACE = /([\w.-]+\.[jt]s:[0-9]+):[0-9]+\)?$/m;

/**
 * Why an event could not be folded, without anything that it holds: the code and message of one of the hub's own errors, which repeat no
 * value; of SQLite's, its result; of any other, its kind and where it was thrown.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const result = sqliteResult(error);
  if (result !== undefined) return `sqlite-${result}`;
  const { name } = error;
  if ('code' in error && typeof error.code === 'string' && /^[a-z][a-z0-9-]*$/.test(error.code)) {
    return `${error.code}: ${error.message}`;
  }
  const place = PLACE.exec(error.stack?.slice(error.stack.indexOf('\n    at ')) ?? '')?.[1];
  return place === undefined ? name : `${name} at ${place}`;
}

/** So many events could not be folded that the fold itself must be wrong: the view stops instead of going on. */
export class TooManyDeadLettersError extends Error {
  override readonly name = 'TooManyDeadLettersError';
  readonly code = 'too-many-dead-letters';
}

/** The view is not there yet, or only in a version that this reader does not know. */
export class ViewNotReadyError extends Error {
  override readonly name = 'ViewNotReadyError';
  readonly code = 'view-not-ready';
}
