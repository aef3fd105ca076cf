import { afterEach } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Append, NewEvent } from '../../port/index.ts';
import type { SqliteEventStoreOptions } from '../settings.ts';
import { SqliteEventStore } from '../sqlite.event-store.ts';

export interface Logs {
  newDirectory(): string;
  open(options: SqliteEventStoreOptions): Promise<SqliteEventStore>;
}

/** Directories and stores that end with the test they were made in. */
export function useLogs(): Logs {
  const directories: string[] = [];
  const stores: SqliteEventStore[] = [];
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close().catch(() => undefined);
    for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
  });
  return {
    newDirectory() {
      const directory = mkdtempSync(join(tmpdir(), 'khop-log-'));
      directories.push(directory);
      return directory;
    },
    async open(options) {
      const store = await SqliteEventStore.open(options);
      stores.push(store);
      return store;
    },
  };
}

export function event(id: string, changes: Partial<NewEvent> = {}): NewEvent {
  return {
    id,
    type: 'khop.test.thing-happened.v1',
    schemaVersion: 1,
    occurredAt: '2026-11-22T08:00:00.000Z',
    correlationId: 'test',
    data: { id },
    personal: { fullName: `Nguyễn Văn ${id}` },
    ...changes,
  };
}

/** One new stream with `count` events `e0`, `e1`, … */
export function thing(stream: string, count: number): Append {
  return { stream, expected: 'no-stream', events: Array.from({ length: count }, (_, index) => event(`e${index}`)) };
}

/** An error as SQLite would throw it. */
export function sqliteError(errcode: number): Error {
  return Object.assign(new Error('injected'), { code: 'ERR_SQLITE_ERROR', errcode });
}

export const SQLITE_IOERR_FSYNC = 1_034;
export const SQLITE_FULL = 13;
export const SQLITE_READONLY = 8;
