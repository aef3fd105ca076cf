import { cpSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aProvince,
  ask,
  endBy,
  importInto,
  khop,
  launchHub,
  mountSmallDisk,
  openWorkshop,
  printed,
  startHub,
  verdictsOf,
  whyNoMounts,
  type Ended,
  type SmallDisk,
} from '#tests/support';

const noMounts = whyNoMounts();
if (noMounts !== undefined) process.stderr.write(`skipped: ${noMounts}\n`);
const onSmallDisks = noMounts === undefined ? it : it.skip;

/** One sentence or two that say what, where and what to do; nothing that a programmer would have to read. */
function expectRefusal({ code, stderr }: Ended, ...says: readonly RegExp[]): void {
  expect(stderr).toMatch(/^khop: [A-Z][^\n]+\.\n$/);
  for (const one of says) expect(stderr).toMatch(one);
  expect(code).toBe(1);
}

describe('a hub or an import that can’t be, says why in one message and damages nothing', () => {
  const workshop = openWorkshop();
  const base = workshop.at('base');
  const disks: SmallDisk[] = [];
  let files: readonly string[];
  let some: string;
  let verdicts: string;

  beforeAll(async () => {
    const province = await aProvince(workshop.at('province'), 250);
    files = Object.values(province);
    some = province.marriage;
    await importInto(base, some);
    cpSync(base, workshop.at('early'), { recursive: true });
    await importInto(base, province.resident);
    verdicts = await verdictsOf(base);
  }, 60_000);
  afterAll(async () => {
    for (const disk of disks) disk.unmount();
    await workshop.remove();
  });

  /** A copy of the data directory, to be spoilt. */
  const copyOf = (directory: string, name: string): string => {
    cpSync(directory, workshop.at(name), { recursive: true });
    return workshop.at(name);
  };
  /** What an import and a hub say on this data directory. */
  const bothOn = (dataDir: string): Promise<readonly Ended[]> =>
    Promise.all([khop(['import', some, '--data-dir', dataDir]), launchHub(['--data-dir', dataDir, '--empty']).ended]);
  const isSound = async (dataDir: string): Promise<void> => {
    expect(await printed(dataDir, 'verify')).toContain('The log is sound');
    expect(await verdictsOf(dataDir)).toBe(verdicts);
  };

  it('on a data directory of a newer version', async () => {
    const dataDir = copyOf(base, 'newer');
    const setFormat = (format: number): void => {
      const db = new DatabaseSync(workshop.at('newer', 'log', 'log.db'));
      db.exec(`PRAGMA user_version = ${format}`);
      db.close();
    };
    setFormat(99);
    for (const ended of await bothOn(dataDir)) {
      expectRefusal(ended, /newer version/, /newer\/log/, /Start that version/);
    }
    setFormat(1);
    await isSound(dataDir);
  }, 60_000);

  it('on a log that is shorter than its anchor', async () => {
    const dataDir = copyOf(workshop.at('early'), 'shorter');
    cpSync(workshop.at('base', 'log', 'anchor.json'), workshop.at('shorter', 'log', 'anchor.json'));
    const log = readFileSync(workshop.at('shorter', 'log', 'log.db'));
    for (const ended of await bothOn(dataDir)) {
      expectRefusal(ended, /events \d+ to \d+ are lost/, /shorter\/log/, /khop verify/, /khop restore/, /--keep-sound/);
    }
    expect(readFileSync(workshop.at('shorter', 'log', 'log.db')).equals(log)).toBe(true);

    const verified = await khop(['verify', '--data-dir', dataDir]);
    expect(verified).toMatchObject({ code: 2, stdout: expect.stringContaining('--keep-sound') });
    expect(await khop(['verify', '--keep-sound', '--data-dir', dataDir])).toMatchObject({ code: 0 });
    await importInto(dataDir, ...files);
    expect(await printed(dataDir, 'verify')).toContain('The log is sound');
    expect(await verdictsOf(dataDir)).toBe(await verdictsOfAll());
  }, 60_000);

  it('on a data directory that another hub has, and on a port in use', async () => {
    const dataDir = copyOf(base, 'taken');
    const hub = await startHub(['--data-dir', dataDir, '--empty']);
    expectRefusal(await launchHub(['--data-dir', dataDir, '--empty']).ended, /taken by process \d+/, /Stop it first/);
    expectRefusal(await khop(['rebuild', '--data-dir', dataDir]), /taken by process \d+/);

    const { port } = new URL(hub.address);
    const other = launchHub(['--data-dir', workshop.at('other'), '--empty', '--port', port]);
    expectRefusal(await other.ended, /port/, /--port/);

    expect(await ask(hub.address, 'stats')).toMatchObject({ deadLetters: 0 });
    expect(await endBy(hub, 'SIGINT')).toMatchObject({ code: 0 });
    await isSound(dataDir);
  }, 60_000);

  onSmallDisks(
    'on a data directory that can only be read',
    async () => {
      const disk = mountSmallDisk(workshop.at('read-only'), 20_000);
      disks.push(disk);
      cpSync(base, workshop.at('read-only', 'data'), { recursive: true });
      disk.makeReadOnly();
      const [asImport, asHub] = await bothOn(workshop.at('read-only', 'data'));
      for (const ended of [asImport, asHub]) {
        if (ended !== undefined) expectRefusal(ended, /read-only/, /data\/log/, /Let this user write there/);
      }
      expectRefusal(
        await khop(['import', some, '--data-dir', workshop.at('read-only', 'new')]),
        /Check that this user/,
      );
      disk.makeWritable();
      await isSound(workshop.at('read-only', 'data'));
    },
    60_000,
  );

  onSmallDisks.each([250, 900])(
    'on a disk that is full after %i kB: with room the same import goes on to its end',
    async (kilobytes) => {
      const disk = mountSmallDisk(workshop.at(`full-${kilobytes}`), kilobytes);
      disks.push(disk);
      const dataDir = workshop.at(`full-${kilobytes}`, 'data');
      expectRefusal(
        await khop(['import', ...files, '--data-dir', dataDir]),
        /disk/,
        /[Mm]ake room|Look at it|look at it/,
      );
      if (kilobytes < 500) expectRefusal(await launchHub(['--data-dir', dataDir, '--empty']).ended, /disk/);

      disk.resize(100_000);
      await importInto(dataDir, ...files);
      expect(await printed(dataDir, 'verify')).toContain('The log is sound');
      expect(await verdictsOf(dataDir)).toBe(await verdictsOfAll());
    },
    60_000,
  );

  let all: Promise<string> | undefined;
  const verdictsOfAll = (): Promise<string> => {
    all ??= importInto(workshop.at('all'), ...files).then(() => verdictsOf(workshop.at('all')));
    return all;
  };
});
