import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { EventStoreUnavailableError } from '../port/index.ts';
import { openConnection } from './connection.ts';
import { logFile } from './files.ts';
import { keepSoundPart } from './salvage.ts';
import { settingsOf } from './settings.ts';
import { event, thing, useLogs } from './testing/logs.ts';
import { verifyLog } from './verify.ts';

const NOW = Date.parse('2026-11-22T08:00:00Z');

describe('verifying a log', () => {
  const logs = useLogs();

  async function filledLog(streams = 4): Promise<string> {
    const directory = logs.newDirectory();
    const store = await logs.open({ directory });
    for (let index = 0; index < streams; index++) await store.append([thing(`thing-${index}`, 5)]);
    await store.close();
    return directory;
  }

  function change(directory: string, sql: string): void {
    const db = openConnection(logFile(directory), settingsOf({ directory }));
    db.exec(sql);
    db.close();
  }

  function indexPage(directory: string): { start: number; end: number } {
    const db = openConnection(logFile(directory), settingsOf({ directory }));
    const root = Number(
      db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'streams_by_key'").get()?.['rootpage'],
    );
    const bytes = Number(db.prepare('PRAGMA page_size').get()?.['page_size']);
    db.close();
    return { start: (root - 1) * bytes, end: root * bytes };
  }

  it('finds a log as it was written sound, also while it is open', async () => {
    const directory = logs.newDirectory();
    const store = await logs.open({ directory });
    await store.append([
      thing('thing-1', 5),
      { stream: 'thing-2', expected: 'any', events: [event('a', { personal: {} })] },
    ]);
    const progress: [number, number][] = [];

    const report = await verifyLog(directory, (position, head) => progress.push([position, head]));

    expect(report).toMatchObject({ sound: true, head: 6, soundUpTo: 6, problems: [], wayOut: [] });
    expect(progress).toEqual([[6, 6]]);
  });

  it('finds an empty log sound', async () => {
    expect(await verifyLog(await filledLog(0))).toMatchObject({ sound: true, head: 0 });
  });

  it.each([
    [
      'a changed event',
      `UPDATE events SET body = replace(body, 'e2', 'e9') WHERE position = 8`,
      8,
      'running-hash-differs',
    ],
    ['a changed time', 'UPDATE events SET recorded_at = recorded_at + 1 WHERE position = 8', 8, 'running-hash-differs'],
    ['a changed hash', `UPDATE events SET hash = 'x' WHERE position = 8`, 8, 'running-hash-differs'],
    ['a removed event', 'DELETE FROM events WHERE position = 8', 8, 'event-missing'],
    [
      'an event of another stream',
      'UPDATE events SET stream_id = 1, version = 77 WHERE position = 8',
      8,
      'running-hash-differs',
    ],
    ['a renamed stream', `UPDATE streams SET name = 'other' WHERE id = 2`, 6, 'running-hash-differs'],
    ['a lost stream', 'DELETE FROM streams WHERE id = 3', 11, 'event-unreadable'],
    ['a changed personal part', `UPDATE personal SET body = '{}' WHERE position = 8`, 8, 'personal-part-differs'],
    ['a changed salt', `UPDATE personal SET salt = 'x' WHERE position = 8`, 8, 'personal-part-differs'],
    ['a lost personal part', 'DELETE FROM personal WHERE position = 8', 8, 'personal-part-missing'],
  ])('names the first bad position of %s', async (_, sql, position, damage) => {
    const directory = await filledLog();
    change(directory, sql);

    const report = await verifyLog(directory);

    expect(report).toMatchObject({ sound: false, head: 20, soundUpTo: position - 1, firstBad: { position, damage } });
    expect(report.wayOut.join('\n')).toContain('khop restore');
  });

  it('names the first of several', async () => {
    const directory = await filledLog();
    change(directory, 'DELETE FROM personal WHERE position IN (17, 4, 9)');

    expect(await verifyLog(directory)).toMatchObject({ firstBad: { position: 4 } });
  });

  it('notices events that were cut off at the end', async () => {
    const directory = await filledLog();
    change(directory, 'DELETE FROM events WHERE position > 12; DELETE FROM personal WHERE position > 12');

    const report = await verifyLog(directory);

    expect(report).toMatchObject({ sound: false, head: 12, soundUpTo: 12 });
    expect(report.problems).toEqual([expect.stringContaining('the events 13 to 20 are lost')]);
  });

  it('notices an index that does not fit its table', async () => {
    const directory = await filledLog();
    // A row that the index lacks: put in while the index was not there, whose page then comes back from a copy.
    const page = indexPage(directory);
    const before = readFileSync(logFile(directory)).subarray(page.start, page.end);
    change(directory, `INSERT INTO streams (key, name) VALUES (1, 'a'), (2, 'b')`);
    const file = readFileSync(logFile(directory));
    before.copy(file, page.start);
    writeFileSync(logFile(directory), file);

    const report = await verifyLog(directory);

    expect(report).toMatchObject({ sound: false, soundUpTo: 20 });
    expect(report.problems.length).toBeGreaterThan(0);
  });

  it('goes on to the first bad position where a part of the file can not be read', async () => {
    const directory = await filledLog(400);
    const file = readFileSync(logFile(directory));
    file.fill(0xff, Math.floor(file.length / 2), Math.floor(file.length / 2) + 20_000);
    writeFileSync(logFile(directory), file);

    const report = await verifyLog(directory);

    expect(report).toMatchObject({ sound: false, firstBad: { position: report.soundUpTo + 1 } });
    expect(report.soundUpTo).toBeGreaterThan(100);
    expect(report.soundUpTo).toBeLessThan(2_000);
  });

  it('finds no log where there is none', async () => {
    await expect(verifyLog(logs.newDirectory())).rejects.toThrow(EventStoreUnavailableError);
  });

  it('the way out keeps the sound part, and puts the damaged log aside', async () => {
    const directory = await filledLog();
    change(directory, 'DELETE FROM personal WHERE position = 8');

    const salvaged = await keepSoundPart(directory, NOW);
    const store = await logs.open({ directory });

    expect(salvaged).toMatchObject({ kept: 7, givenUp: 13 });
    expect(readdirSync(salvaged.asideIn)).toContain('log.db');
    expect(await verifyLog(directory)).toMatchObject({ sound: true, head: 7 });
    expect(await store.readStream('thing-1')).toHaveLength(2);
    expect(await store.readStream('thing-2')).toEqual([]);
    expect(await store.append([thing('thing-2', 1)])).toMatchObject([{ ok: true, position: 8 }]);
  });

  it('the way out works for a log that was cut off', async () => {
    const directory = await filledLog();
    change(directory, 'DELETE FROM events WHERE position > 12; DELETE FROM personal WHERE position > 12');

    await keepSoundPart(directory, NOW);

    expect(await (await logs.open({ directory })).head()).toBe(12);
  });
});
