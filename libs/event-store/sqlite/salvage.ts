import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../port/index.ts';
import type { VerifyProgress } from './verify.ts';
import { writeAnchor } from './anchor.ts';
import { openConnection } from './connection.ts';
import { logFile, syncDirectory } from './files.ts';
import { openHead } from './head.ts';
import { createLog, logIdOf } from './schema.ts';
import { openForMaintenance, verifyLog } from './verify.ts';

export interface Salvaged {
  readonly kept: Position;
  readonly givenUp: number;
  /** Where the damaged log lies now. */
  readonly asideIn: string;
}

const ROWS_AT_ONCE = 10_000;
const WRITING = { readOnly: false, cacheMegabytes: 64, checkpointPages: 4_000 };

/**
 * The way out without a backup: keeps the events before the first bad one as the log, and puts the damaged log aside. Nobody
 * may use the directory meanwhile. Checkpoints beyond the kept part no longer fit, so that their views are built anew.
 */
export async function keepSoundPart(directory: string, now: number, onProgress?: VerifyProgress): Promise<Salvaged> {
  const { head, soundUpTo } = await verifyLog(directory, onProgress);
  const draft = `${logFile(directory)}.salvaged`;
  rmSync(draft, { force: true });
  const damaged = await openForMaintenance(directory);
  const sound = openConnection(draft, WRITING);
  let point;
  try {
    const logId = logIdOf(damaged);
    createLog(sound, logId, now);
    copyEvents(damaged, sound, soundUpTo);
    point = openHead(sound, logId).end();
  } finally {
    sound.close();
    damaged.close();
  }
  const asideIn = putAside(directory, now);
  renameSync(draft, logFile(directory));
  syncDirectory(directory);
  writeAnchor(directory, point);
  return { kept: soundUpTo, givenUp: head - soundUpTo, asideIn };
}

/** Only rows that sound events lead to are read: what lies beyond may not be readable. */
function copyEvents(from: DatabaseSync, to: DatabaseSync, upTo: Position): void {
  const tables = [
    { name: 'streams', columns: 'id, key, name', where: rowsOf('stream_id', 'id') },
    { name: 'types', columns: 'id, name', where: rowsOf('type_id', 'id') },
    {
      name: 'events',
      columns: 'position, stream_id, version, type_id, recorded_at, commitment, hash, body',
      where: 'position > ? AND position <= ?',
    },
    { name: 'personal', columns: 'position, key_id, salt, body', where: 'position > ? AND position <= ?' },
  ].map(({ name, columns, where }) => ({
    read: from.prepare(`SELECT ${columns} FROM ${name} WHERE ${where}`),
    write: to.prepare(`INSERT OR IGNORE INTO ${name} (${columns}) VALUES (${columns.replaceAll(/\w+/gu, '?')})`),
  }));
  for (let after = 0; after < upTo; after += ROWS_AT_ONCE) {
    to.exec('BEGIN IMMEDIATE');
    for (const { read, write } of tables) {
      for (const row of read.all(after, Math.min(upTo, after + ROWS_AT_ONCE))) write.run(...Object.values(row));
    }
    to.exec('COMMIT');
  }
}

function rowsOf(reference: string, id: string): string {
  return `${id} IN (SELECT ${reference} FROM events WHERE position > ? AND position <= ?)`;
}

function putAside(directory: string, now: number): string {
  const aside = join(directory, `damaged-${new Date(now).toISOString().replaceAll(/[:.]/gu, '-')}`);
  mkdirSync(aside);
  const log = logFile(directory);
  for (const file of [log, `${log}-wal`, `${log}-shm`]) {
    if (existsSync(file)) renameSync(file, join(aside, basename(file)));
  }
  return aside;
}
