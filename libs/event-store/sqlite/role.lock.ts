import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { failureOf, isBusy } from './failures.ts';
import { lockDirectory } from './files.ts';

/** Another process, or another part of this one, has the role in this data directory. */
export class RoleTakenError extends Error {
  override readonly name = 'RoleTakenError';
  readonly code = 'role-taken';
  readonly role: string;
  /** Process id of the holder, where it could be read. */
  readonly holder: number | undefined;

  constructor(directory: string, role: string, holder: number | undefined) {
    const by = holder === undefined ? 'another process' : `process ${holder}`;
    super(`The role "${role}" in ${directory} is taken by ${by}. Stop it first, or use another data directory.`);
    this.role = role;
    this.holder = holder;
  }
}

export interface RoleLock {
  readonly role: string;
  release(): void;
}

const ROLE = /^[a-z][a-z0-9-]{0,40}$/u;

/**
 * Takes a role of the data directory for as long as this process lives: the lock is the operating system's, so it ends with
 * the process however that ends. Throws `RoleTakenError`, or `EventStoreUnavailableError` when the directory can't be
 * written.
 */
export async function acquireRoleLock(directory: string, role: string): Promise<RoleLock> {
  if (!ROLE.test(role)) throw new TypeError('A role has lower-case letters, digits and dashes.');
  const holderFile = holderFileOf(directory, role);
  let db: DatabaseSync | undefined;
  try {
    mkdirSync(lockDirectory(directory), { recursive: true });
    db = new DatabaseSync(join(lockDirectory(directory), `${role}.lock`), { timeout: 0 });
    db.exec('BEGIN EXCLUSIVE');
    writeFileSync(holderFile, `${process.pid}\n`);
  } catch (error) {
    db?.close();
    throw isBusy(error)
      ? new RoleTakenError(directory, role, findRoleHolder(directory, role))
      : failureOf(error, directory);
  }
  const held = db;
  return {
    role,
    release() {
      if (!held.isOpen) return;
      rmSync(holderFile, { force: true });
      held.close();
    },
  };
}

/** Whether somebody has the role now. Looking takes nothing from whoever has it or is about to take it. */
export function isRoleTaken(directory: string, role: string): boolean {
  const file = join(lockDirectory(directory), `${role}.lock`);
  if (!existsSync(file)) return false;
  const db = new DatabaseSync(file, { readOnly: true, timeout: 0 });
  try {
    db.exec('SELECT count(*) FROM sqlite_schema');
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw failureOf(error, directory);
  } finally {
    db.close();
  }
}

/** The process that took the role last; whether it still lives, only the lock tells. */
export function findRoleHolder(directory: string, role: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(holderFileOf(directory, role), 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}

const holderFileOf = (directory: string, role: string): string => join(lockDirectory(directory), `${role}.pid`);
