import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aProvince,
  ask,
  endBy,
  importInto,
  jsonl,
  khop,
  openWorkshop,
  printed,
  resident,
  rowsOf,
  startHub,
  startKhop,
  verdictsOf,
  type RunningHub,
} from '#tests/support';

interface Stats {
  readonly log: { readonly position: number; readonly events: number };
  readonly records: { readonly residents: { readonly resident: number } };
}

describe('beside a running hub', () => {
  const workshop = openWorkshop();
  const dataDir = workshop.at('data');
  const elsewhere = workshop.at('elsewhere');
  let hub: RunningHub;
  let province: Awaited<ReturnType<typeof aProvince>>;
  const importing = (...args: readonly string[]) => startKhop(['import', ...args, '--data-dir', dataDir]);
  const stats = (): Promise<Stats> => ask(hub.address, 'stats');

  beforeAll(async () => {
    province = await aProvince(workshop.at('province'), 150);
    hub = await startHub(['--data-dir', dataDir, '--empty']);
  }, 60_000);
  afterAll(() => workshop.remove());

  it('an import goes through it, several at once too, and ends when what it brought is judged', async () => {
    const { resident: residents, enterprise, ...others } = province;
    const imports = [[enterprise], [residents], Object.values(others)].map((files) => importing(...files).ended);
    for (const { code, stderr, stdout } of await Promise.all(imports)) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^\/\S+\.jsonl: \d+ \w+ records read in [0-9.]+ s \([0-9,]+\/s\)\n {2}taken /);
    }
    await importInto(elsewhere, ...Object.values(province));
    expect(await verdictsOf(dataDir)).toBe(await verdictsOf(elsewhere));
  }, 60_000);

  it('an import says what it could not take, where, and ends with 2', async () => {
    const rows = [resident({ personalId: '12' }), resident({ personalId: '001080099901' })];
    const { code, stdout } = await importing(workshop.file('residents.jsonl', jsonl(rows))).ended;
    expect(code).toBe(2);
    expect(stdout).toMatch(/taken 1 \(new 1, .*quarantined 1\n {4}personalId: \S+ × 1, line 1\n/s);
    const rejected = /imported again: (\S+)/.exec(stdout)?.[1] ?? '';
    expect(rowsOf(rejected)).toEqual([expect.objectContaining({ personalId: '12' })]);
  }, 30_000);

  it('an import with a file that is no registry’s ends with 1, and takes the others', async () => {
    const before = await stats();
    const some = workshop.file('more-residents.jsonl', jsonl([resident({ personalId: '001080099902' })]));
    const { code, stdout } = await importing(workshop.at('none.jsonl'), workshop.file('what.csv', 'a\n1\n'), some)
      .ended;
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^\S+none\.jsonl: not taken in\. There is no such file.*\n\S+what\.csv: not taken in\. .*name/,
    );
    expect(stdout).toContain('taken 1 (new 1');
    expect((await stats()).records.residents.resident).toBe(before.records.residents.resident + 1);
  }, 30_000);

  it('a dry run changes nothing', async () => {
    const before = await stats();
    const file = workshop.file('new-residents.jsonl', jsonl([resident({ personalId: '001080099903' })]));
    const { code, stdout } = await importing(file, '--dry-run', '--json').ended;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ file, dryRun: true, read: 1, taken: 1 }]);
    expect((await stats()).records).toEqual(before.records);
  }, 30_000);

  it('verify walks the log, and a backup restored elsewhere tells the same', async () => {
    expect(await printed(dataDir, 'verify')).toMatch(/^The log is sound: [0-9,]+ positions/);
    const file = workshop.at('hub.backup');
    const backup = await khop(['backup', file, '--data-dir', dataDir]);
    expect(backup).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^Backed up to position \d+:/) });
    const again = await khop(['backup', file, '--data-dir', dataDir]);
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toMatch(/^khop: [^\n]*\n$/);

    const nowhere = await khop(['backup', workshop.at('nowhere', 'hub.backup'), '--data-dir', dataDir]);
    expect(nowhere).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^khop: There is no directory \S+nowhere/),
    });

    const onto = await khop(['restore', file, '--data-dir', dataDir]);
    expect(onto).toMatchObject({ code: 1, stdout: '' });
    expect(onto.stderr).toMatch(/^khop: [^\n]*\n$/);
    const restored = await printed(workshop.at('restored'), 'restore', file, '--json');
    expect(JSON.parse(restored)).toMatchObject({ position: expect.any(Number) });
    expect(await verdictsOf(workshop.at('restored'))).toBe(await verdictsOf(dataDir));
    expect(await ask(hub.address, 'stats')).toMatchObject({ deadLetters: 0 });
  }, 60_000);

  it('streams --follow shows what comes, and Ctrl+C ends it as something that went well', async () => {
    const { log } = await stats();
    const following = startKhop([
      'streams',
      '--follow',
      '--json',
      '--after',
      String(log.position),
      '--data-dir',
      dataDir,
    ]);
    const file = workshop.file('late-residents.jsonl', jsonl([resident({ personalId: '001080099904' })]));
    expect(await importing(file).ended).toMatchObject({ code: 0 });
    while (!following.stdout().includes('resident-registered')) await once(following.child.stdout ?? hub.child, 'data');
    const { code, signal, stderr, stdout } = await endBy(following, 'SIGINT');
    expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
    for (const line of stdout.trimEnd().split('\n'))
      expect(JSON.parse(line)).toMatchObject({ position: expect.any(Number) });
  }, 30_000);

  it.each(['streams', 'streams --follow', 'verdicts', 'mismatches --limit 10000'])(
    'khop %s into a pipe that closes ends without a word',
    async (command) => {
      const reading = startKhop([...command.split(' '), '--data-dir', dataDir]);
      await once(reading.child.stdout ?? hub.child, 'data');
      reading.child.stdout?.destroy();
      if (command.includes('--follow')) await importing(province.resident).ended;
      const { code, signal, stderr } = await reading.ended;
      expect({ code, signal }).toEqual({ code: 0, signal: null });
      expect(stderr.replace(/^Wrote [0-9,]+ verdicts\.\n/, '')).toBe('');
    },
    30_000,
  );

  it('it ends as cleanly as without all this', async () => {
    const { code, stderr } = await endBy(hub, 'SIGINT');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(existsSync(workshop.at('data', 'hub.json'))).toBe(false);
    expect(readFileSync(workshop.at('hub.backup')).length).toBeGreaterThan(0);
    expect(await printed(dataDir, 'verify')).toContain('The log is sound');
  }, 30_000);
});
