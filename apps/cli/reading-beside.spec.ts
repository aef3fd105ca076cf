import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { acquireRoleLock } from '#libs/event-store/sqlite';
import { importInto, jsonl, khop, openWorkshop, resident, startKhop, type Running } from '#tests/support';

describe('a command that reads', () => {
  const workshop = openWorkshop();
  const data = workshop.at('data');
  const log = join(data, 'log');
  const stats = (): Running => startKhop(['stats', '--json', '--data-dir', data]);
  const file = workshop.file('residents.jsonl', jsonl([resident()]));
  const all = { records: { residents: { resident: 1 } }, verdicts: { duplicate: { matched: 0 } } };

  beforeAll(async () => {
    await importInto(data, file);
  }, 30_000);
  afterAll(() => workshop.remove());

  it('answers from the views when they have everything: nothing has to follow the log', async () => {
    const linker = await acquireRoleLock(log, 'linker');
    const { code, stdout, stderr } = await stats().ended;
    linker.release();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject(all);
  });

  describe('where the views lack something', () => {
    beforeEach(() => rmSync(join(data, 'views'), { recursive: true }));

    it('has it folded first', async () => {
      const linker = await acquireRoleLock(log, 'linker');
      expect(await stats().ended).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('A linker runs on this data directory as a service'),
      });
      linker.release();
      expect(JSON.parse((await stats().ended).stdout)).toMatchObject(all);
    });

    it('waits for another command that is at it, and says so', async () => {
      const other = await acquireRoleLock(log, 'hub');
      const reading = stats();
      while (!reading.stderr().includes(`Process ${process.pid} works on this`)) {
        if (reading.child.exitCode !== null) break;
        await once(reading.child.stderr ?? reading.child, 'data');
      }
      expect(reading.stdout()).toBe('');
      other.release();
      const { code, stdout } = await reading.ended;
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject(all);
    });
  });

  it('does not take the address that a killed hub has left for that of a hub', async () => {
    writeFileSync(join(data, 'hub.json'), JSON.stringify({ url: 'http://127.0.0.1:9', pid: 1 }));
    const other = await acquireRoleLock(log, 'hub');
    const { code, stdout, stderr } = await khop(['import', file, '--data-dir', data]);
    other.release();
    rmSync(join(data, 'hub.json'));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^khop: Something runs on this data directory, an import or a hub that is starting/);
  });
});
