import { describe, expect, it } from '@jest/globals';
import { copyFileSync, existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LogPoint } from '../port/index.ts';
import { LogDamagedError } from '../port/index.ts';
import { readAnchor } from './anchor.ts';
import { anchorFile, logFile } from './files.ts';
import { event, thing, useLogs } from './testing/logs.ts';
import { verifyLog } from './verify.ts';

describe('the anchor', () => {
  const logs = useLogs();

  /** A log that was killed: its main file, its WAL and its anchor as they lay on the disk, taken while it was open. */
  async function killedLog(batches: number): Promise<{ directory: string; point: LogPoint | undefined }> {
    const directory = logs.newDirectory();
    const killed = logs.newDirectory();
    const store = await logs.open({ directory, anchorMilliseconds: 1 });
    for (let batch = 0; batch < batches; batch++) await store.append([thing(`thing-${batch}`, 5)]);
    await anchored(directory, await store.head());
    const point = await store.pointAt();
    for (const suffix of ['', '-wal']) copyFileSync(`${logFile(directory)}${suffix}`, `${logFile(killed)}${suffix}`);
    copyFileSync(anchorFile(directory), anchorFile(killed));
    copyFileSync(`${directory}/secret.key`, `${killed}/secret.key`);
    return { directory: killed, point };
  }

  async function anchored(directory: string, position: number): Promise<void> {
    for (let waited = 0; readAnchor(directory)?.position !== position; waited += 5) {
      if (waited > 1_000) throw new Error('The anchor is more than a second late.');
      await sleep(5);
    }
  }

  it('follows the head within a second', async () => {
    const directory = logs.newDirectory();
    const store = await logs.open({ directory });
    await store.append([thing('thing-1', 3)]);

    await anchored(directory, 3);

    expect(readAnchor(directory)).toEqual(await store.pointAt());
  });

  it('is at the head after a clean stop', async () => {
    const directory = logs.newDirectory();
    const store = await logs.open({ directory });
    await store.append([thing('thing-1', 3)]);
    const point = await store.pointAt();
    await store.close();

    expect(readAnchor(directory)).toEqual(point);
  });

  it('lets a log go on that was killed', async () => {
    const { directory, point } = await killedLog(10);
    const store = await logs.open({ directory });

    expect(await store.pointAt()).toEqual(point);
  });

  it('shows that a flipped byte in the WAL has dropped the events behind it, and the positions', async () => {
    const { directory } = await killedLog(10);
    const wal = readFileSync(`${logFile(directory)}-wal`);
    const place = Math.floor(wal.length * 0.7);
    wal[place] = (wal[place] ?? 0) ^ 1;
    writeFileSync(`${logFile(directory)}-wal`, wal);

    const refusal = await refusalOf(directory);

    expect(refusal).toBeInstanceOf(LogDamagedError);
    expect(refusal.message).toMatch(/ends at position \d+, but .* reached 50: the events \d+ to 50 are lost/u);
    expect(refusal.message).toContain('khop verify');
    expect(await verifyLog(directory)).toMatchObject({
      sound: false,
      problems: [expect.stringMatching(/to 50 are lost/u)],
    });
  });

  it('shows that the WAL is gone', async () => {
    const { directory } = await killedLog(10);
    rmSync(`${logFile(directory)}-wal`);

    expect(await refusalOf(directory)).toBeInstanceOf(Error);
  });

  it('shows that a log was cut short', async () => {
    const { directory } = await killedLog(10);
    truncateSync(`${logFile(directory)}-wal`, Math.floor(statSync(`${logFile(directory)}-wal`).size / 2));

    expect(await refusalOf(directory)).toBeInstanceOf(LogDamagedError);
  });

  it('shows that an old copy of the log was put in its place', async () => {
    const directory = logs.newDirectory();
    const copies = logs.newDirectory();
    const first = await logs.open({ directory });
    await first.append([thing('thing-1', 3)]);
    await first.close();
    copyFileSync(logFile(directory), logFile(copies));
    const second = await logs.open({ directory });
    await second.append([thing('thing-2', 3)]);
    await second.close();
    copyFileSync(logFile(copies), logFile(directory));

    expect((await refusalOf(directory)).message).toContain('the events 4 to 6 are lost');
  });

  it('shows that it is another log, or one with another history', async () => {
    const directory = logs.newDirectory();
    const other = logs.newDirectory();
    for (const each of [directory, other]) await (await logs.open({ directory: each })).close();
    copyFileSync(logFile(other), logFile(directory));

    expect((await refusalOf(directory)).message).toContain('another log');
  });

  it('shows that the log is gone', async () => {
    const directory = logs.newDirectory();
    await (await logs.open({ directory })).close();
    rmSync(logFile(directory));

    expect((await refusalOf(directory)).message).toContain('is gone');
    expect(existsSync(logFile(directory))).toBe(false);
  });

  it('that can not be read is damage too', async () => {
    const directory = logs.newDirectory();
    await (await logs.open({ directory })).close();
    writeFileSync(anchorFile(directory), '{"logId":');

    expect(await refusalOf(directory)).toBeInstanceOf(LogDamagedError);
  });

  it('is set anew when the loss is accepted, and the log goes on', async () => {
    const { directory } = await killedLog(10);
    truncateSync(`${logFile(directory)}-wal`, Math.floor(statSync(`${logFile(directory)}-wal`).size / 2));

    const accepting = await logs.open({ directory, acceptShorterLog: true });
    const head = await accepting.head();
    await accepting.close();
    const store = await logs.open({ directory });

    expect(head).toBeLessThan(50);
    expect(await store.append([{ stream: 'new', expected: 'any', events: [event('a')] }])).toMatchObject([
      { ok: true, position: head + 1 },
    ]);
  });

  async function refusalOf(directory: string): Promise<Error> {
    try {
      await logs.open({ directory });
    } catch (error) {
      if (error instanceof Error) return error;
    }
    throw new Error('The log was opened.');
  }
});
