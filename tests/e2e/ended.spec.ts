import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataDirectory, isComplete, openLog } from '#apps/hub/reading';
import { AbsenceHeld, AbsenceReleased } from '#contracts/events';
import { REGISTRIES } from '#contracts/records';
import { acquireRoleLock } from '#libs/event-store/sqlite';
import { endBy, launchHub, logOf, npmStart, openWorkshop, startHub, verdictsOf } from '#tests/support';

const ENDED = /The hub has ended\. What it acknowledged is in the log; the next start goes on\.\n$/;

/** Nobody has a role, nothing waits on its way in, no address is left, and views and linker have everything. */
async function expectWhole(dataDir: string): Promise<void> {
  const directory = dataDirectory(dataDir);
  for (const role of ['hub', 'linker', ...Object.keys(REGISTRIES).map((registry) => `adapter-${registry}`)]) {
    (await acquireRoleLock(directory.log, role)).release();
  }
  expect(existsSync(directory.addressFile)).toBe(false);
  expect(existsSync(directory.spool) ? readdirSync(directory.spool) : []).toEqual([]);
  for (const folder of [directory.path, directory.log, directory.views]) {
    expect(readdirSync(folder).filter((name) => name.endsWith('-wal'))).toEqual([]);
  }
  const store = await openLog(directory, { readOnly: true });
  expect(await isComplete(directory, store)).toBe(true);
  await store.close();
}

describe('Ctrl+C', () => {
  const workshop = openWorkshop();
  const args = (dataDir: string): string[] => ['--data-dir', dataDir, '--residents', '200', '--seed', '3'];
  let verdicts: string;
  let takes: number;

  beforeAll(async () => {
    const startedAt = performance.now();
    await endBy(await startHub(args(workshop.at('calm'))), 'SIGINT');
    takes = performance.now() - startedAt;
    verdicts = await verdictsOf(workshop.at('calm'));
  }, 60_000);
  afterAll(() => workshop.remove());

  it('ends what npm start has started, cleanly: the next start goes on, tells the same, and folds nothing again', async () => {
    const dataDir = workshop.at('npm');
    const first = await endBy(await npmStart(args(dataDir)), 'SIGINT');
    expect(first).toMatchObject({ code: 0, signal: null });
    expect(first.stdout).toMatch(ENDED);
    await expectWhole(dataDir);
    const before = await logOf(dataDir);

    const again = await npmStart(args(dataDir));
    const second = await endBy(again, 'SIGINT');
    expect(second).toMatchObject({ code: 0, signal: null });
    const summaryOf = (stdout: string): string => stdout.slice(stdout.indexOf('registry '), stdout.indexOf('Log: '));
    expect(summaryOf(second.stdout)).toContain('legal-representative');
    expect(summaryOf(second.stdout)).toBe(summaryOf(first.stdout));
    // Only that absence was held while the registries were asked for news.
    const since = (await logOf(dataDir)).slice(before.length).map(({ type }) => type);
    expect(since).toEqual([AbsenceHeld.type, AbsenceReleased.type]);
    expect(await verdictsOf(dataDir)).toBe(verdicts);
  }, 60_000);

  it('sent to npm alone, as a supervisor does, ends the hub with it', async () => {
    const dataDir = workshop.at('supervised');
    const hub = await npmStart(args(dataDir));
    hub.child.kill('SIGTERM');
    expect(await hub.ended).toMatchObject({ code: 0, stdout: expect.stringMatching(ENDED) });
    await expectWhole(dataDir);
  }, 60_000);

  it('while the province comes in, ends cleanly; the rest comes at the next start', async () => {
    const dataDir = workshop.at('early');
    const hub = launchHub(args(dataDir));
    while (!existsSync(join(dataDir, 'log'))) await setTimeout(5);
    await setTimeout(takes * 0.7 * Math.random());
    // As npm does, which hands on what the terminal has sent to all.
    hub.child.kill('SIGINT');
    await setTimeout(20);
    expect(await endBy(hub, 'SIGINT')).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(ENDED) });
    expect(await endBy(await startHub(args(dataDir)), 'SIGINT')).toMatchObject({ code: 0, stderr: '' });
    await expectWhole(dataDir);
    expect(await verdictsOf(dataDir)).toBe(verdicts);
  }, 60_000);
});
