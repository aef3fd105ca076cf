import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { loadRules, rulesOfCheck, type Rules } from '#contracts/rules';
import { MismatchCleared, MismatchFlagged, RULES_STREAM, RulesActivated, VERDICT_EVENT_TYPES } from '#contracts/events';
import type { RulesDryRun, RulesList } from '#contracts/http';
import { aProvince, endBy, importInto, khop, logOf, openWorkshop, startHub, verdictsOf } from '#tests/support';

jest.setTimeout(120_000);

/** The rules that come with the hub, in another version, without one material field of one check. */
function without(check: 'legal-representative' | 'tax-registration', field: string, version: string): Rules {
  const rules = loadRules();
  const { fields, ...rest } = rulesOfCheck(rules, check);
  return {
    ...rules,
    version,
    checks: { ...rules.checks, [check]: { ...rest, fields: fields.filter((rule) => rule.field !== field) } },
  };
}

describe('khop rules', () => {
  const workshop = openWorkshop();
  const data = workshop.at('data');
  const run = (...args: string[]) => khop(['rules', ...args, '--data-dir', data]);
  const file = (name: string, rules: unknown): string => workshop.file(name, JSON.stringify(rules));
  const list = async (): Promise<RulesList> => JSON.parse((await run('list', '--json')).stdout) as RulesList;

  beforeAll(async () => {
    const province = await aProvince(workshop.at('province'), 600);
    await importInto(data, ...Object.values(province));
  });
  afterAll(() => workshop.remove());

  it('names every problem of a file at once', async () => {
    const rules = loadRules();
    const [first, ...others] = rulesOfCheck(rules, 'birth').fields;
    const wrong = { ...first, field: 'gender', left: 'person.fullNme' };
    const bad = {
      ...rules,
      version: '2026-02-30',
      checks: { ...rules.checks, birth: { ...rules.checks.birth, fields: [...others, wrong] } },
    };
    const { code, stderr } = await run('check', file('bad.json', bad));
    expect(code).toBe(1);
    expect(stderr).toMatch(/3 problems[^]*version must be a day[^]*name of a field before[^]*left leads to nothing/);
    expect((await run('check', file('shape.json', { version: 1 }))).stderr).toMatch(/\/version[^]*string/);
    expect((await run('check', workshop.at('nowhere.json'))).stderr).toContain('There is no such file');
  });

  it('says what rules without a material field would do, writes nothing, and activating them does just that', async () => {
    const candidate = file('rules.json', without('legal-representative', 'fullName', '2026-12-01'));
    const before = await logOf(data);
    const out = workshop.at('differences.jsonl');
    const checked = await run('check', candidate, '--json', '--samples', '1', '--out', out);
    expect(checked.code).toBe(0);
    const dryRun = JSON.parse(checked.stdout) as RulesDryRun;
    expect(await logOf(data)).toEqual(before);

    const counts = dryRun.checks.find(({ check }) => check === 'legal-representative');
    expect(counts).toMatchObject({ new: 0 });
    expect(counts?.cleared).toBeGreaterThan(0);
    expect(counts?.changed).toBeGreaterThan(0);
    expect(dryRun.checks.filter(({ check, appended }) => check !== 'legal-representative' && appended > 0)).toEqual([]);
    expect(dryRun.samples.map(({ kind }) => kind).sort()).toEqual(['changed', 'cleared']);
    expect(dryRun.samples[0]).toMatchObject({
      reconciliation: expect.stringMatching(/^reconciliation\.legal-representative-[0-9a-f]{32}$/),
      record: expect.stringMatching(/^[a-z.-]+-[0-9a-f]{32}$/),
    });
    const lines = readFileSync(out, 'utf8').trim().split('\n');
    expect(lines).toHaveLength((counts?.cleared ?? 0) + (counts?.changed ?? 0));

    const refused = await run('activate', candidate);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('--yes')]);
    expect(await logOf(data)).toEqual(before);

    const activated = await run('activate', candidate, '--yes');
    expect(activated.stdout).toContain('Rules 2026-12-01 are in force');
    const after = (await logOf(data)).slice(before.length);
    expect(after.filter(({ stream }) => stream === RULES_STREAM).map(({ type, actor }) => [type, actor])).toEqual([
      ['khop.rules.rules-added.v1', 'khop'],
      [RulesActivated.type, 'khop'],
    ]);
    const times = (...types: readonly string[]): number => after.filter(({ type }) => types.includes(type)).length;
    expect(times(MismatchCleared.type)).toBe(counts?.cleared);
    expect(times(MismatchFlagged.type)).toBe(0);
    expect(times(...VERDICT_EVENT_TYPES)).toBe(counts?.appended);

    const again = JSON.parse((await run('check', candidate, '--json')).stdout) as RulesDryRun;
    expect(
      again.checks.filter(({ new: more, cleared, changed, appended }) => more + cleared + changed + appended > 0),
    ).toEqual([]);
  });

  it('keeps a version as it is, and goes back to one that was in force', async () => {
    const other = await run(
      'activate',
      file('other.json', without('legal-representative', 'gender', '2026-12-01')),
      '--yes',
    );
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('another version')]);
    expect((await run('activate', '2026-12-01', '--yes')).stderr).toContain('active already');

    expect((await run('activate', '2026-11-01', '--yes')).code).toBe(0);
    expect(await list()).toMatchObject({
      active: { version: '2026-11-01' },
      versions: ['2026-11-01', '2026-12-01'],
      rejudging: null,
    });
    expect((await run('show', '2026-12-01')).stdout).toMatch(/^\{/);
    expect(JSON.parse((await run('show')).stdout)).toEqual(loadRules());
  });

  it('works through a running hub, which goes on with the new rules, and at its next start', async () => {
    const hub = await startHub(['--empty', '--data-dir', data], { env: { KHOP_REJUDGE_RECORDS_PER_SECOND: '250' } });
    const activated = await run(
      'activate',
      file('names.json', without('tax-registration', 'name', '2026-12-15')),
      '--yes',
    );
    expect([activated.code, activated.stderr]).toEqual([0, '']);
    // A slice of 500 records, then a rest: there is something left to be seen.
    const { stdout } = await khop(['stats', '--data-dir', data]);
    expect(stdout).toMatch(/judged again by the rules in force: [0-9]+ % done/);
    for (let left = (await list()).rejudging; left !== null; left = (await list()).rejudging);
    await endBy(hub, 'SIGTERM');
    const verdicts = (await verdictsOf(data)).split('\n').filter((line) => line.includes('"check":"tax-registration"'));
    expect(verdicts.filter((line) => line.includes('"field":"name"'))).toEqual([]);
    expect(await list()).toMatchObject({ active: { version: '2026-12-15', actor: 'khop' }, rejudging: null });
  });
});
