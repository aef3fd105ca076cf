import { describe, expect, it } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AppendResult } from '../port/index.ts';
import { EventStoreUnavailableError, LogFromNewerVersionError, OutcomeUnknownError } from '../port/index.ts';
import { openConnection } from './connection.ts';
import { logFile } from './files.ts';
import { LOG_FORMAT } from './schema.ts';
import { settingsOf } from './settings.ts';
import {
  event,
  SQLITE_FULL,
  SQLITE_IOERR_FSYNC,
  SQLITE_READONLY,
  sqliteError,
  thing,
  useLogs,
} from './testing/logs.ts';

describe('a store that can not write', () => {
  const logs = useLogs();

  it.each([
    [SQLITE_FULL, /is full/u],
    [SQLITE_READONLY, /is read-only/u],
    [SQLITE_IOERR_FSYNC, /reports an error/u],
  ])('says so when SQLite reports %d, has written nothing, and goes on afterwards', async (errcode, message) => {
    let failing = true;
    const write = (): void => {
      if (failing) throw sqliteError(errcode);
    };
    const store = await logs.open({ directory: logs.newDirectory(), faults: { write } });

    const failure = await failureOf(store.append([thing('thing-1', 2)]));
    failing = false;

    expect(failure).toBeInstanceOf(EventStoreUnavailableError);
    expect(failure.message).toMatch(message);
    expect(await store.head()).toBe(0);
    expect(await store.append([thing('thing-1', 2)])).toMatchObject([{ ok: true, repeated: false, position: 2 }]);
  });

  it('a full disk at the commit has left nothing behind', async () => {
    let failing = true;
    const commit = (end: () => void): void => {
      if (failing) throw sqliteError(SQLITE_FULL);
      end();
    };
    const store = await logs.open({ directory: logs.newDirectory(), faults: { commit } });

    expect(await failureOf(store.append([thing('thing-1', 2)]))).toBeInstanceOf(EventStoreUnavailableError);
    failing = false;
    expect(await store.append([thing('thing-1', 2)])).toMatchObject([{ ok: true, repeated: false, position: 2 }]);
  });

  it.each([true, false])('an I/O error at the commit leaves the outcome open (written: %p)', async (written) => {
    const directory = logs.newDirectory();
    let failing = true;
    const commit = (end: () => void): void => {
      if (!failing || written) end();
      if (failing) throw sqliteError(SQLITE_IOERR_FSYNC);
    };
    const store = await logs.open({ directory, faults: { commit } });

    expect(await failureOf(store.append([thing('thing-1', 2)]))).toBeInstanceOf(OutcomeUnknownError);
    failing = false;
    const again = await store.append([thing('thing-1', 2)]);

    expect(again).toMatchObject([{ ok: true, streamVersion: 1, position: 2, repeated: written }]);
    expect(await store.readStream('thing-1')).toHaveLength(2);
    expect(await store.append([{ stream: 'thing-1', expected: 1, events: [event('next')] }])).toMatchObject([
      { ok: true, position: 3 },
    ]);
  });

  it('after an open outcome all goes on beside another store that reads and writes', async () => {
    const directory = logs.newDirectory();
    let failing = true;
    const commit = (end: () => void): void => {
      end();
      if (failing) throw sqliteError(SQLITE_IOERR_FSYNC);
    };
    const store = await logs.open({ directory, faults: { commit } });
    const other = await logs.open({ directory });
    const abort = new AbortController();
    const seen: string[] = [];
    const reading = (async () => {
      for await (const item of other.subscribe({ signal: abort.signal })) {
        if (item.kind === 'events') seen.push(...item.page.events.map(({ stream }) => stream));
      }
    })();

    const [failure] = await Promise.all([
      failureOf(store.append([thing('thing-1', 1)])),
      ...Array.from({ length: 5 }, (_, index) => other.append([thing(`other-${index}`, 1)])),
    ]);
    failing = false;
    const again = await Promise.all([
      store.append([thing('thing-1', 1)]),
      ...Array.from({ length: 5 }, (_, index) => other.append([thing(`more-${index}`, 1)])),
    ]);
    while (seen.length < 11) await sleep(2);
    abort.abort();
    await reading;

    expect(failure).toBeInstanceOf(OutcomeUnknownError);
    expect(again[0]).toMatchObject([{ ok: true, repeated: true }]);
    expect(new Set(seen).size).toBe(11);
  });

  it('every call of a commit whose outcome is open is told so', async () => {
    const commit = (): void => {
      throw sqliteError(SQLITE_IOERR_FSYNC);
    };
    const store = await logs.open({ directory: logs.newDirectory(), faults: { commit } });

    const failures = await Promise.all(['a', 'b', 'c'].map((name) => failureOf(store.append([thing(name, 1)]))));

    for (const failure of failures) expect(failure).toBeInstanceOf(OutcomeUnknownError);
  });

  it('waits for another process without stopping the event loop, and then gives up', async () => {
    const directory = logs.newDirectory();
    const store = await logs.open({ directory, busyMilliseconds: 100 });
    const other = openConnection(logFile(directory), settingsOf({ directory }));
    other.exec('BEGIN IMMEDIATE');
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 5);

    const failure = await failureOf(store.append([thing('thing-1', 1)]));
    clearInterval(ticking);

    expect(failure).toBeInstanceOf(EventStoreUnavailableError);
    expect(failure.message).toContain('another process');
    expect(ticks).toBeGreaterThan(5);
    const later = store.append([thing('thing-1', 1)]);
    await sleep(10);
    other.exec('ROLLBACK');
    other.close();
    expect(await later).toMatchObject([{ ok: true, repeated: false }]);
  });

  it('a store that was opened for reading only refuses', async () => {
    const directory = logs.newDirectory();
    await (await logs.open({ directory })).append([thing('thing-1', 1)]);
    const reader = await logs.open({ directory, readOnly: true });

    expect(await failureOf(reader.append([thing('thing-2', 1)]))).toBeInstanceOf(EventStoreUnavailableError);
    expect(await reader.head()).toBe(1);
  });

  it('no more appends wait than the setting says', async () => {
    const store = await logs.open({ directory: logs.newDirectory(), maxQueuedAppends: 2 });

    const answers = await Promise.allSettled(['a', 'b', 'c'].map((name) => store.append([thing(name, 1)])));

    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  });

  it('no batch is larger than the setting says', async () => {
    const store = await logs.open({ directory: logs.newDirectory(), maxBatchEvents: 2 });

    await expect(store.append([thing('thing-1', 3)])).rejects.toThrow(RangeError);
  });

  async function failureOf(answer: Promise<readonly AppendResult[]>): Promise<Error> {
    const outcome: unknown = await answer.catch((error: unknown) => error);
    if (outcome instanceof Error) return outcome;
    throw new Error('It did not fail.');
  }
});

describe('a directory that can not be opened', () => {
  const logs = useLogs();

  it('from a newer version is left as it is', async () => {
    const directory = logs.newDirectory();
    await (await logs.open({ directory })).close();
    const db = openConnection(logFile(directory), settingsOf({ directory }));
    db.exec(`PRAGMA user_version = ${LOG_FORMAT + 1}`);
    db.close();

    await expect(logs.open({ directory })).rejects.toThrow(LogFromNewerVersionError);
    await expect(logs.open({ directory })).rejects.toThrow(/newer version/u);
  });

  it('where there is a file says so', async () => {
    const directory = join(logs.newDirectory(), 'file');
    writeFileSync(directory, '');

    await expect(logs.open({ directory })).rejects.toThrow(EventStoreUnavailableError);
  });

  it('without a log is nothing to read', async () => {
    await expect(logs.open({ directory: logs.newDirectory(), readOnly: true })).rejects.toThrow(/no log/u);
  });

  it('whose log is a directory says so', async () => {
    const directory = logs.newDirectory();
    mkdirSync(logFile(directory));

    await expect(logs.open({ directory })).rejects.toThrow(EventStoreUnavailableError);
  });

  it('whose log is something else is damaged', async () => {
    const directory = logs.newDirectory();
    writeFileSync(
      logFile(directory),
      'no database at all, but text that is long enough to be taken for one'.repeat(20),
    );

    await expect(logs.open({ directory })).rejects.toMatchObject({ code: 'log-damaged' });
  });
});
