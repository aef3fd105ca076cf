import { EventStoreUnavailableError, LogDamagedError, OutcomeUnknownError } from '../port/index.ts';

/** The lower byte of an SQLite result code says what it is, the rest tells more. */
const PRIMARY = 0xff;
const BUSY = 5;
const LOCKED = 6;
const READ_ONLY = 8;
const IO_ERROR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

/** SQLite's primary result code of an error; undefined when it isn't one of SQLite's. */
export function resultCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & PRIMARY : undefined;
}

export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code === BUSY || code === LOCKED;
}

/** An error like SQLite's own for a file that another connection uses: it may be tried again. */
export function busyError(message: string): Error {
  return Object.assign(new Error(message), { errcode: BUSY });
}

/** After these a connection may hold a wrong picture of the file. */
export function needsReopening(error: unknown): boolean {
  const code = resultCode(error);
  return code === IO_ERROR || code === CORRUPT || code === NOT_A_DATABASE;
}

/** What an error before the commit means for the caller: nothing was written. */
export function failureOf(error: unknown, directory: string): unknown {
  const code = resultCode(error) ?? resultCodeOfSystem(error);
  switch (code) {
    case BUSY:
    case LOCKED:
      return new EventStoreUnavailableError(`The log in ${directory} is being written by another process. Try again.`, {
        cause: error,
      });
    case FULL:
      return new EventStoreUnavailableError(`The disk that holds ${directory} is full. Make room and try again.`, {
        cause: error,
      });
    case READ_ONLY:
      return new EventStoreUnavailableError(`The log in ${directory} is read-only. Let this user write there.`, {
        cause: error,
      });
    case CANNOT_OPEN:
      return new EventStoreUnavailableError(
        `The log in ${directory} can't be opened. Check that this user may read and write there.`,
        {
          cause: error,
        },
      );
    case IO_ERROR:
      return new EventStoreUnavailableError(
        `The disk that holds ${directory} reports an error, or is full. Look at it and try again.`,
        { cause: error },
      );
    case CORRUPT:
    case NOT_A_DATABASE:
      return new LogDamagedError(
        `The log in ${directory} is damaged. \`khop verify\` names the first bad position; \`khop restore\` brings a backup back.`,
        { cause: error },
      );
    default:
      return error;
  }
}

/** Whether a commit that failed so is certain to have written nothing. After any other failure the events may be there. */
export function leftNothing(commitError: unknown): boolean {
  return isBusy(commitError) || resultCode(commitError) === FULL;
}

export function outcomeUnknown(commitError: unknown, directory: string): OutcomeUnknownError {
  return new OutcomeUnknownError(
    `A commit to the log in ${directory} failed, and the events may be there all the same. Append the same again to find out.`,
    { cause: commitError },
  );
}

/** The operating system's code of a failed file operation, such as `EEXIST`. */
export function systemCode(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function resultCodeOfSystem(error: unknown): number | undefined {
  switch (systemCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return FULL;
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return READ_ONLY;
    case 'EEXIST':
    case 'ENOENT':
    case 'ENOTDIR':
      return CANNOT_OPEN;
    case 'EIO':
      return IO_ERROR;
    default:
      return undefined;
  }
}
