import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BackupRefusedError, backupLog, restoreLog } from './backup.ts';
import { loadOrCreateSecret } from './secret.ts';
import { thing, useLogs } from './testing/logs.ts';
import { verifyLog } from './verify.ts';

describe('a backup', () => {
  const logs = useLogs();

  async function backedUp() {
    const directory = logs.newDirectory();
    const file = join(logs.newDirectory(), 'province.khop');
    const store = await logs.open({ directory });
    await store.append(Array.from({ length: 50 }, (_, index) => thing(`thing-${index}`, 3)));
    const point = await backupLog(directory, file);
    return { directory, file, store, point };
  }

  it('brings everything back: events, points, secret key, anchor', async () => {
    const { directory, file, store, point } = await backedUp();
    const restored = join(logs.newDirectory(), 'data');

    expect(await restoreLog(file, restored)).toEqual(point);
    const again = await logs.open({ directory: restored });

    expect(await again.pointAt()).toEqual(await store.pointAt());
    expect((await again.readAll()).events).toEqual((await store.readAll()).events);
    expect(loadOrCreateSecret(restored)).toEqual(loadOrCreateSecret(directory));
    expect(await verifyLog(restored)).toMatchObject({ sound: true, head: 150 });
    expect(await again.append([thing('new', 1)])).toMatchObject([{ ok: true, position: 151 }]);
  });

  it('is one file that only its owner may read', async () => {
    const { file } = await backedUp();

    expect(readdirSync(join(file, '..'))).toEqual(['province.khop']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is the log of one moment, though it is being written', async () => {
    const { directory, store } = await backedUp();
    const file = join(logs.newDirectory(), 'second.khop');
    let writing = true;
    const writer = (async () => {
      for (let index = 0; writing; index++) await store.append([thing(`busy-${index}`, 20)]);
    })();

    const point = await backupLog(directory, file).finally(() => {
      writing = false;
    });
    await writer;
    const restored = join(logs.newDirectory(), 'data');
    await restoreLog(file, restored);

    expect(await (await logs.open({ directory: restored })).pointAt()).toEqual(point);
    expect(await store.pointAt(point.position)).toEqual(point);
  });

  it('overwrites nothing', async () => {
    const { directory, file } = await backedUp();
    const before = readFileSync(file);

    await expect(backupLog(directory, file)).rejects.toThrow(BackupRefusedError);
    expect(readFileSync(file)).toEqual(before);
  });

  it('is not restored over a log', async () => {
    const { directory, file, store } = await backedUp();

    await expect(restoreLog(file, directory)).rejects.toThrow(BackupRefusedError);
    expect(await store.head()).toBe(150);
  });

  it('tells how far it is', async () => {
    const { directory, file } = await backedUp();
    const done: number[] = [];
    await backupLog(directory, `${file}2`, (part) => done.push(part));
    await restoreLog(file, join(logs.newDirectory(), 'data'), (part) => done.push(part));

    expect(done.at(-1)).toBe(1);
    expect(done.every((part) => part >= 0 && part <= 1)).toBe(true);
  });

  it('that is damaged is refused, with the position, and leaves nothing', async () => {
    const { file } = await backedUp();
    const db = new DatabaseSync(file);
    db.exec("UPDATE events SET body = '[]' WHERE position = 99");
    db.close();
    const directory = join(logs.newDirectory(), 'data');

    await expect(restoreLog(file, directory)).rejects.toThrow(/damaged from position 99/u);
    expect(readdirSync(directory)).toEqual([]);
  });

  it.each([
    ['text', 'not a database'],
    ['nothing', ''],
  ])('that is %s is refused', async (_, content) => {
    const file = join(logs.newDirectory(), 'file');
    writeFileSync(file, content);

    await expect(restoreLog(file, join(logs.newDirectory(), 'data'))).rejects.toThrow(/not a backup/u);
  });

  it('that is a bare log is refused: its key is missing', async () => {
    const { directory, store } = await backedUp();
    await store.close();

    await expect(restoreLog(join(directory, 'log.db'), join(logs.newDirectory(), 'data'))).rejects.toThrow(
      BackupRefusedError,
    );
  });

  it('that is not there is refused', async () => {
    const directory = join(logs.newDirectory(), 'data');

    await expect(restoreLog('/nowhere/file', directory)).rejects.toThrow(/no file/u);
    expect(existsSync(directory)).toBe(false);
  });
});
