import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { join } from 'node:path';
import type { WorkItem } from '#contracts/work';
import { WORK_TOPIC } from '#contracts/work';
import { EventStoreDeadLetterStore } from '#libs/event-bus/dead-letters';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { endBy, importInto, khop, launchHub, openWorkshop, resident, type Running } from '#tests/support';

interface Quarantined {
  readonly quarantineId: string;
  readonly row?: unknown;
}

jest.setTimeout(60_000);

describe('the command that repairs', () => {
  const workshop = openWorkshop();
  const data = workshop.at('data');
  const run = (...args: string[]) => khop([...args, '--data-dir', data]);
  const inQuarantine = async (): Promise<readonly Quarantined[]> => {
    const { stdout } = await run('quarantine', 'list', '--json');
    return (JSON.parse(stdout) as { items: readonly Quarantined[] }).items;
  };

  beforeAll(async () => {
    const rows = [
      resident(),
      resident({ personalId: '12' }),
      resident({ personalId: '001080012347', dateOfBirth: 'x' }),
    ];
    const file = workshop.file('residents.jsonl', rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    expect(await importInto(data, file)).toMatchObject([{ taken: 1, quarantined: 2 }]);
  });
  afterAll(() => workshop.remove());

  describe('quarantine', () => {
    it('lists rows with what is wrong, but without the rows', async () => {
      const { code, stdout } = await run('quarantine', 'list');
      expect(code).toBe(0);
      expect(stdout).toMatch(/^[0-9a-f]{32} +resident +2 +[0-9-]{10} +personalId does not have the number of digits/m);
      expect(stdout).not.toContain('Nguyễn');
      expect(await inQuarantine()).toEqual([
        expect.not.objectContaining({ row: expect.anything() }),
        expect.not.objectContaining({ row: expect.anything() }),
      ]);
    });

    it('keeps a row that is still wrong, takes a fixed one in, and ends with 2 and 0', async () => {
      const quarantineId = (await inQuarantine())[0]?.quarantineId ?? '';
      const shown = await run('quarantine', 'show', quarantineId);
      expect(shown.stdout).toContain('"fullName": "Nguyễn Văn Bình"');

      const asItStands = await run('quarantine', 'resubmit', quarantineId);
      expect(asItStands).toMatchObject({ code: 2 });
      expect(asItStands.stdout).toContain('personalId does not have the number of digits');

      const row = workshop.file('fixed.json', JSON.stringify(resident({ personalId: '001080012346' })));
      expect(await run('quarantine', 'resubmit', quarantineId, '--row', row)).toMatchObject({
        code: 0,
        stdout: 'The row was taken in and has left quarantine.\n',
      });
      expect(await inQuarantine()).toHaveLength(1);
      const again = await run('quarantine', 'resubmit', quarantineId, '--row', row);
      expect(again).toMatchObject({ code: 1, stderr: 'khop: The row has been fixed and taken in already.\n' });
    });

    it('says so where there is no such row, or the file holds none', async () => {
      expect((await run('quarantine', 'show', 'x')).stderr).toContain('There is no such row in quarantine');
      const quarantineId = (await inQuarantine())[0]?.quarantineId ?? '';
      const bad = workshop.file('bad.json', '{"fullName": ');
      const { code, stderr } = await run('quarantine', 'resubmit', quarantineId, '--row', bad);
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('must be one JSON object') });
    });
  });

  describe('dead-letters', () => {
    it('are shown, retried where their handler can go on, and set aside with a reason', async () => {
      await leaveDeadLetters(data);
      const list = await run('dead-letters', 'list');
      expect(list).toMatchObject({ code: 0 });
      expect(list.stdout).toMatch(/^reconciler +harmless +.* 5 +0 +it was full moon$/m);
      expect(list.stdout).toMatch(/^reconciler +hopeless /m);
      expect((await run('dead-letters', 'show', 'hopeless')).stdout).toContain('"rulesHash": "none"');

      expect(await run('dead-letters', 'retry', 'harmless')).toMatchObject({ code: 0 });
      const retried = await run('dead-letters', 'retry', 'hopeless', '--json');
      expect({ code: retried.code, answer: JSON.parse(retried.stdout) as unknown }).toEqual({
        code: 1,
        answer: { handled: false, reason: expect.any(String) },
      });
      expect((await run('dead-letters', 'set-aside', 'hopeless')).stderr).toContain('--reason');
      expect(await run('dead-letters', 'set-aside', 'hopeless', '--reason', 'rules of a test')).toMatchObject({
        code: 0,
      });
      expect((await run('dead-letters', 'list')).stdout).toBe('There are no dead letters.\n');
      expect(await run('dead-letters', 'retry', 'hopeless')).toMatchObject({ code: 1 });
    });
  });

  describe('beside a running hub', () => {
    let hub: Running;
    beforeAll(async () => {
      hub = launchHub(['--empty', '--data-dir', data]);
      await new Promise<void>((resolve, reject) => {
        hub.child.stdout?.on('data', () => {
          if (hub.stdout().includes('/api/v1')) resolve();
        });
        void hub.ended.then(({ stderr }) => reject(new Error(stderr)));
      });
    });
    afterAll(() => endBy(hub, 'SIGTERM'));

    it('changes go through it', async () => {
      const quarantineId = (await inQuarantine())[0]?.quarantineId ?? '';
      const asItStands = await run('quarantine', 'resubmit', quarantineId, '--json');
      expect(asItStands).toMatchObject({ code: 2 });
      expect(JSON.parse(asItStands.stdout)).toEqual({ ok: false, reasons: [expect.stringContaining('dateOfBirth')] });
      const row = workshop.file('other.json', JSON.stringify(resident({ personalId: '001080012347' })));
      expect(await run('quarantine', 'resubmit', quarantineId, '--row', row)).toMatchObject({ code: 0 });
      expect(await inQuarantine()).toEqual([]);
      expect(await run('show', 'residents', '001080012347')).toMatchObject({ code: 0 });
      expect((await run('dead-letters', 'retry', 'nothing')).stderr).toContain('There is no such dead letter');
    });
  });
});

/** Two messages that the reconciler gave up on: one that it can handle now, and one that it never will. */
async function leaveDeadLetters(data: string): Promise<void> {
  const store = await SqliteEventStore.open({ directory: join(data, 'log') });
  const letters = await EventStoreDeadLetterStore.open(store);
  const reconciliation = `reconciliation.birth-${'0'.repeat(32)}`;
  const base = { check: 'birth', asOf: 1, cause: { eventId: 'e', correlationId: 'c' } } as const;
  const items: Readonly<Record<string, WorkItem>> = {
    harmless: { kind: 'end', why: 'not-due', reconciliation: `${reconciliation.slice(0, -1)}1`, ...base },
    hopeless: {
      kind: 'judge',
      reconciliation,
      left: { stream: 'nowhere', version: 0 },
      part: 0,
      right: null,
      found: { kind: 'not-found' },
      rulesHash: 'none',
      ...base,
    },
  };
  for (const [id, item] of Object.entries(items)) {
    await letters.park({
      message: { id, key: item.reconciliation, type: `khop.work.${item.kind}.v1`, data: item },
      topic: WORK_TOPIC,
      group: 'reconciler',
      reason: 'it was full moon',
      attempts: 5,
      firstFailedAt: '2026-11-02T01:00:00.000Z',
      lastFailedAt: '2026-11-02T01:00:01.000Z',
    });
  }
  await store.close();
}
