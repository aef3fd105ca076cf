import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { endBy, importInto, jsonl, khop, openWorkshop, resident, startHub } from '#tests/support';

jest.setTimeout(60_000);

/** Every file of a directory with the hash of what it holds. */
const contentsOf = (directory: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    globSync('**/*', { cwd: directory })
      .filter((name) => !statSync(join(directory, name)).isDirectory())
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(directory, name)))
          .digest('hex'),
      ]),
  );

/** A hub that has just started still anchors its head. */
async function settled<T>(look: () => T): Promise<T> {
  for (let before = look(); ;) {
    await setTimeout(ANCHORED_AFTER_MILLISECONDS);
    const now = look();
    if (JSON.stringify(now) === JSON.stringify(before)) return now;
    before = now;
  }
}
const ANCHORED_AFTER_MILLISECONDS = 700;

const LAN = '001185012346';
const lan = { personalId: LAN, fullName: 'Trần Thị Lan', dateOfBirth: '1985-03-02', gender: 'FEMALE' as const };
const earlier = [resident(), resident(lan)];
const later = [
  resident(),
  resident({ ...lan, fullName: 'Trần Thị Làn' }),
  resident({ ...lan, personalId: '001185012353' }),
  { personalId: 'none' },
];

describe('a dry run of an import', () => {
  const workshop = openWorkshop();
  const data = workshop.at('data');
  const files = {
    earlier: workshop.file('residents.jsonl', jsonl(earlier)),
    later: workshop.file('later-residents.jsonl', jsonl(later)),
  };
  const tryOut = (...args: string[]) =>
    khop(['import', files.later, '--record', 'resident', '--dry-run', '--json', '--data-dir', data, ...args]);
  const expected = [{ dryRun: true, read: 4, registered: 1, amended: 1, unchanged: 1, quarantined: 1 }];

  afterAll(() => workshop.remove());

  it('makes no directory where there is none: everything that can be read is new', async () => {
    const { code, stdout } = await khop([
      ...['import', files.later, '--record', 'resident', '--dry-run', '--json'],
      ...['--data-dir', workshop.at('nowhere', 'data')],
    ]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject([{ read: 4, registered: 3, amended: 0, quarantined: 1 }]);
    expect(globSync('nowhere/**', { cwd: workshop.path })).toEqual([]);
  });

  describe('with data', () => {
    let before: Readonly<Record<string, string>>;

    beforeAll(async () => {
      await importInto(data, files.earlier);
      before = contentsOf(data);
    });

    it('compares with what the log has, and leaves every byte as it was', async () => {
      const { code, stdout } = await tryOut('--snapshot');
      expect(code).toBe(2);
      expect(JSON.parse(stdout)).toMatchObject([{ ...expected[0], vanished: { count: 0 } }]);
      expect(JSON.parse(stdout)).not.toMatchObject([{ rejectedFile: expect.anything() }]);
      expect(contentsOf(data)).toEqual(before);
    });
  });

  describe('beside a running hub', () => {
    let hub: Awaited<ReturnType<typeof startHub>>;
    afterEach(() => endBy(hub, 'SIGTERM'));

    it('writes nothing either, nor does one that the hub makes', async () => {
      hub = await startHub(['--empty', '--data-dir', data]);
      // What a reader marks in SQLite's shared memory is no data.
      const kept = () => Object.entries(contentsOf(data)).filter(([name]) => !name.endsWith('-shm'));
      const before = await settled(kept);
      const { stdout } = await tryOut();
      expect(JSON.parse(stdout)).toMatchObject(expected);

      const started = await fetch(new URL('/api/v1/imports?record=resident&dryRun=true', hub.address), {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream', 'khop-file-name': 'r.jsonl', 'khop-actor': 'An' },
        body: readFileSync(files.later),
      });
      const { importId } = (await started.json()) as { importId: string };
      let status: { state?: string; report?: unknown };
      do {
        status = (await (await fetch(new URL(`/api/v1/imports/${importId}`, hub.address))).json()) as typeof status;
      } while (status.state === 'running' || status.state === 'receiving');
      expect(status).toMatchObject({ state: 'completed', report: { ...expected[0], rejectedFile: null } });
      expect(kept()).toEqual(before);
    });
  });
});
