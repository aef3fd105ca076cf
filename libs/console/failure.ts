import { SettingsError } from '#libs/platform';

/** What a command found wrong and can say in a sentence: what, where, and what to do. Ends the command with exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** How commands end. */
export const EXIT = { allTaken: 0, failed: 1, someQuarantined: 2 } as const;

/**
 * The sentence for an error. Errors of our own speak for themselves; anything else is a fault of the hub, whose message might
 * repeat a value: only its name is shown, and how to see more.
 */
export function describeFailure(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    if (isOurs(error.code)) return error.message;
    return systemMessage(codeOfSqlite(error) ?? error.code, error);
  }
  const name = error instanceof Error ? error.name : 'unknown error';
  return `Something went wrong inside khop (${name}). Run it again with KHOP_DEBUG=true to see where, and please report it.`;
}

/** Codes of the system and of Node are in capitals, but for those of the seeds. */
const isOurs = (code: string): boolean => /^([a-z][a-z0-9-]*|SEED_[A-Z_]+)$/.test(code);

/** What an error of SQLite means in the system's words; the lower byte of its result code says what it is. */
function codeOfSqlite(error: Error): string | undefined {
  if (!('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  const codes: Readonly<Record<number, string>> = { 8: 'EROFS', 10: 'EIO', 13: 'ENOSPC', 14: 'EACCES' };
  return codes[error.errcode & 0xff];
}

function systemMessage(code: string, error: Error): string {
  const path = 'path' in error && typeof error.path === 'string' ? ` (${error.path})` : '';
  switch (code) {
    case 'ENOENT':
      return `There is no such file or directory${path}.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `Not allowed to read or write there${path}: check the rights of the file and its directory.`;
    case 'ENOSPC':
      return 'The disk is full: make room and run the command again. What was acknowledged is safe.';
    case 'EIO':
      return `The disk reports an error${path}, or is full: look at it, and run the command again. What was acknowledged is safe.`;
    case 'EADDRINUSE':
      return 'The port is in use: stop what listens there, or choose another with --port.';
    case 'EISDIR':
      return `That is a directory, where a file is wanted${path}.`;
    default:
      return `The system refused (${code})${path}.`;
  }
}
