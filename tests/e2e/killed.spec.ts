import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IntakeFinished, MismatchClaimed, MismatchCleared, reconciliationStream } from '#contracts/events';
import { EventStoreUnavailableError, LogDamagedError, type RecordedEvent } from '#libs/event-store/port';
import {
  aProvince,
  claim,
  endBy,
  launchHub,
  logOf,
  openWorkshop,
  printed,
  queueOf,
  startHub,
  startKhop,
  verdictsOf,
  type Running,
} from '#tests/support';

/** Kills a process after so long, however far it has come, unless it has ended before. */
async function killAfter(running: Running, milliseconds: number): Promise<void> {
  await Promise.race([setTimeout(milliseconds), running.ended]);
  await endBy(running, 'SIGKILL');
}

/** Kills an import as soon as its first file is in, when what its records mention is not there yet. */
async function killAfterFirstFile(running: Running, dataDir: string): Promise<void> {
  const isIn = async (): Promise<boolean> =>
    (await readable(dataDir)).some(({ type, data }) => type === IntakeFinished.type && data['outcome'] === 'completed');
  while (running.child.exitCode === null && !(await isIn())) await setTimeout(5);
  await endBy(running, 'SIGKILL');
}

/** Moments at which something that takes about so long is killed: spread over it, never the same. */
const moments = (takes: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => takes * ((index + Math.random()) / count));

const readable = async (dataDir: string): Promise<readonly RecordedEvent[]> => {
  try {
    return await logOf(dataDir);
  } catch (error) {
    // Not there yet, or not made to its end.
    if (error instanceof EventStoreUnavailableError || error instanceof LogDamagedError) return [];
    throw error;
  }
};

/** How many mismatches were flagged before what they missed had come. */
const clearedIn = (log: readonly RecordedEvent[]): number =>
  log.filter(({ type }) => type === MismatchCleared.type).length;

describe('kill -9', () => {
  const workshop = openWorkshop();
  afterAll(() => workshop.remove());

  describe('of an import', () => {
    let files: readonly string[];
    let verdicts: string;
    let takes: number;

    beforeAll(async () => {
      files = Object.values(await aProvince(workshop.at('province'), 600));
      const startedAt = performance.now();
      await printed(workshop.at('undisturbed'), 'import', ...files);
      takes = performance.now() - startedAt;
      verdicts = await verdictsOf(workshop.at('undisturbed'));
    }, 60_000);

    it('at any moment, several times, ends in the verdicts of an import that nobody disturbed', async () => {
      const dataDir = workshop.at('import');
      const startImport = (): Running => startKhop(['import', ...files, '--data-dir', dataDir]);
      await killAfterFirstFile(startImport(), dataDir);
      let before = await readable(dataDir);
      for (const moment of moments(takes, 4)) {
        await killAfter(startImport(), moment);
        const after = await readable(dataDir);
        expect(after.slice(0, before.length)).toEqual(before);
        before = after;
      }
      await printed(dataDir, 'import', ...files);
      const log = await logOf(dataDir);
      expect(log.slice(0, before.length)).toEqual(before);
      expect(clearedIn(log)).toBe(0);
      expect(await verdictsOf(dataDir)).toBe(verdicts);
      expect(await printed(dataDir, 'verify')).toContain('The log is sound');
    }, 120_000);
  });

  describe('of the running hub', () => {
    const args = (dataDir: string): string[] => ['--data-dir', dataDir, '--residents', '300', '--seed', '5'];
    let verdicts: string;
    let takes: number;

    beforeAll(async () => {
      const startedAt = performance.now();
      const hub = await startHub(args(workshop.at('calm')));
      takes = performance.now() - startedAt;
      await endBy(hub, 'SIGINT');
      verdicts = await verdictsOf(workshop.at('calm'));
    }, 60_000);

    it('at any moment, several times, loses nothing that it acknowledged, and the next start goes on', async () => {
      const dataDir = workshop.at('hub');
      for (const moment of moments(takes, 4)) await killAfter(launchHub(args(dataDir)), moment);

      const hub = await startHub(args(dataDir));
      const items = await queueOf(hub.address, 6);
      const acknowledged = await Promise.all(items.map((item) => claim(hub.address, item)));
      await endBy(hub, 'SIGKILL');
      const log = await logOf(dataDir);
      expect(clearedIn(log)).toBe(0);
      for (const [index, { check, reconciliation }] of items.entries()) {
        const event = log.find(({ position }) => position === acknowledged[index]?.position);
        expect(event).toMatchObject({
          type: MismatchClaimed.type,
          stream: reconciliationStream(check, reconciliation),
          data: { holder: 'cán bộ An' },
        });
      }

      const again = await startHub(args(dataDir));
      expect((await queueOf(again.address, 6)).map((item) => item.claim?.holder)).toEqual(items.map(() => 'cán bộ An'));
      expect(await endBy(again, 'SIGINT')).toMatchObject({ code: 0 });
      expect(await verdictsOf(dataDir)).toBe(verdicts);
      expect(await printed(dataDir, 'verify')).toContain('The log is sound');
    }, 120_000);
  });
});
