import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openConnection } from './connection.ts';
import { logFile } from './files.ts';
import { settingsOf } from './settings.ts';
import { openSession } from './session.ts';
import { useLogs } from './testing/logs.ts';
import { openForMaintenance } from './verify.ts';

const FULL = 2;
const SOURCES = dirname(fileURLToPath(import.meta.url));

describe('connections to the log', () => {
  const logs = useLogs();

  it('wait for the disk at each commit (synchronous=FULL), whoever opens them and for whatever', async () => {
    const directory = logs.newDirectory();
    await (await logs.open({ directory })).close();
    const connections = [
      openSession(settingsOf({ directory }), 'unused').db,
      openSession(settingsOf({ directory, readOnly: true }), 'unused').db,
      await openForMaintenance(directory),
      openConnection(logFile(directory), settingsOf({ directory })),
    ];

    for (const db of connections) {
      expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: FULL });
      expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
      db.close();
    }
  });

  it('are opened in one place only', () => {
    const opening = readdirSync(SOURCES)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .filter((file) => readFileSync(join(SOURCES, file), 'utf8').includes('new DatabaseSync('));

    // A backup's file and a role's lock are no log.
    expect(opening).toEqual(['backup.ts', 'connection.ts', 'role.lock.ts']);
  });

  it('nothing sets synchronous but the one place that opens them', () => {
    const setting = readdirSync(SOURCES)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .filter((file) => /PRAGMA synchronous/u.test(readFileSync(join(SOURCES, file), 'utf8')));

    expect(setting).toEqual(['connection.ts']);
  });
});
