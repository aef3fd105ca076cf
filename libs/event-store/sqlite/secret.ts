import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { LogDamagedError } from '../port/index.ts';
import { failureOf } from './failures.ts';
import { logFile, secretFile, syncDirectory, writeDurably } from './files.ts';

const SECRET_BYTES = 32;

/**
 * The 32-byte key of the directory's keyed hashes, made at first start and backed up with the log. Throws
 * `LogDamagedError` when a log is there without its key: with a new one, no person would be found again under their hash.
 */
export function loadOrCreateSecret(directory: string): Buffer {
  try {
    const file = secretFile(directory);
    if (!existsSync(file)) createSecret(directory, file);
    const secret = readFileSync(file);
    if (secret.length !== SECRET_BYTES) throw lostSecret(directory);
    return secret;
  } catch (error) {
    throw failureOf(error, directory);
  }
}

function createSecret(directory: string, file: string): void {
  if (existsSync(logFile(directory))) throw lostSecret(directory);
  mkdirSync(directory, { recursive: true });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    writeDurably(draft, randomBytes(SECRET_BYTES), 0o600);
    chmodSync(draft, 0o600);
    // Linking, unlike renaming, fails when another process was first: both then go on with the same key.
    linkSync(draft, file);
    syncDirectory(directory);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function lostSecret(directory: string): LogDamagedError {
  return new LogDamagedError(
    `The secret key of ${directory} is lost or cut short. Put secret.key back from a backup (\`khop restore\`).`,
  );
}
