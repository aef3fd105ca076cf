import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reconciliationStream } from '#contracts/events';
import type { Check, VerdictLine } from '#contracts/verdicts';
import { acquireRoleLock, type RoleLock } from '#libs/event-store/sqlite';
import { act, enterprise, importInto, jsonl, khop, openWorkshop, resident, taxpayer } from '#tests/support';

const BINH = '001080012345';
const LAN = '001185012346';
const lan = { fullName: 'Trần Thị Lan', dateOfBirth: '1985-03-02', gender: 'FEMALE' as const };
const FIRST = '0100233488';
const SECOND = '0309532909';

/** Two companies: one is headed by somebody whose name is misspelt, the other by somebody whom nobody knows. */
const companies = [
  enterprise({ representatives: [{ fullName: 'Nguyễn Văn Binh', dateOfBirth: '1980-05-17', documentNumber: BINH }] }),
  enterprise({
    enterpriseCode: SECOND,
    taxCode: SECOND,
    name: '=HYPERLINK("http://example.com")',
    representatives: [{ ...lan, documentNumber: '001185099999' }],
  }),
];
const people = [resident(), resident({ personalId: LAN, ...lan })];
const taxes = [
  taxpayer(),
  taxpayer({ taxCode: SECOND, enterpriseCode: SECOND, name: '=HYPERLINK("http://example.com")' }),
];

const linesOf = (text: string): VerdictLine[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as VerdictLine);

jest.setTimeout(60_000);

describe('the command that reads', () => {
  const workshop = openWorkshop();
  const data = workshop.at('data');
  const read = (...args: string[]) => khop([...args, '--data-dir', data]);

  let lock: RoleLock;

  beforeAll(async () => {
    const taken = await importInto(
      data,
      workshop.file('enterprises.jsonl', jsonl(companies)),
      workshop.file('taxpayers.jsonl', jsonl(taxes)),
      workshop.file('residents.jsonl', jsonl(people)),
    );
    expect(taken.map(({ quarantined }) => quarantined)).toEqual([0, 0, 0]);
    // As beside a running hub: what there is to read has been judged.
    lock = await acquireRoleLock(join(data, 'log'), 'hub');
  });
  afterAll(async () => {
    lock.release();
    await workshop.remove();
  });

  describe('verdicts', () => {
    it('writes a sorted line for each check of each record, and nothing else, to standard output', async () => {
      const { code, stdout, stderr } = await read('verdicts');
      expect(code).toBe(0);
      expect(stderr).toBe('Wrote 4 verdicts.\n');
      expect(linesOf(stdout)).toEqual([
        {
          check: 'legal-representative',
          registry: 'enterprise-registry',
          recordKey: FIRST,
          part: 0,
          counterpart: { registry: 'residents', recordKey: BINH },
          outcome: 'MISMATCHED',
          codes: ['FIELD_MISMATCH'],
          fields: [
            { field: 'fullName', verdict: 'SIMILAR', why: 'DIACRITICS' },
            { field: 'gender', verdict: 'MISSING_LEFT' },
          ],
          rules: '2026-11-01',
        },
        expect.objectContaining({ recordKey: SECOND, counterpart: null, codes: ['NOT_FOUND'], fields: [] }),
        expect.objectContaining({ check: 'tax-registration', recordKey: FIRST, outcome: 'MATCHED', codes: [] }),
        expect.objectContaining({ check: 'tax-registration', recordKey: SECOND, outcome: 'MATCHED' }),
      ]);
    });

    it('names candidates when asked for, of the checks asked for, in a file', async () => {
      const file = workshop.at('verdicts.jsonl');
      const { stdout } = await read('verdicts', '--out', file, '--candidates', '--check', 'legal-representative');
      expect(stdout).toBe('');
      const lines = linesOf(readFileSync(file, 'utf8'));
      expect(lines.map(({ candidates }) => candidates?.map(({ recordKey }) => recordKey))).toEqual([undefined, [LAN]]);
    });

    it('writes CSV for a spreadsheet', async () => {
      const { stdout } = await read('verdicts', '--format', 'csv', '--check', 'legal-representative');
      const [header, first] = stdout.split('\n');
      expect(header).toBe(
        '\ufeffcheck,registry,recordKey,part,counterpart.registry,counterpart.recordKey,outcome,codes,fields,candidates,rules',
      );
      expect(first).toBe(
        `legal-representative,enterprise-registry,${FIRST},0,residents,${BINH},MISMATCHED,FIELD_MISMATCH,fullName SIMILAR DIACRITICS; gender MISSING_LEFT,,2026-11-01`,
      );
    });

    it('says in a sentence what is wrong, and ends with 1', async () => {
      const noData = await khop(['verdicts', '--data-dir', workshop.at('nowhere')]);
      expect(noData).toMatchObject({ code: 1, stdout: '' });
      expect(noData.stderr).toMatch(/^khop: There are no data of a hub in .*nowhere\. Import files first/);
      const noPlace = await read('verdicts', '--out', workshop.at('nowhere', 'verdicts.jsonl'));
      expect(noPlace).toMatchObject({ code: 1 });
      expect(noPlace.stderr).toMatch(/There is no such file or directory/);
      const noCheck = await read('verdicts', '--check', 'everything');
      expect(noCheck).toMatchObject({ code: 1 });
      expect(noCheck.stderr).toContain('Allowed choices are legal-representative');
    });
  });

  describe('mismatches', () => {
    it('lists key, name, codes and what differs', async () => {
      const { code, stdout } = await read('mismatches', '--check', 'legal-representative', '--code', 'FIELD_MISMATCH');
      expect(code).toBe(0);
      const [header, , row, , footer] = stdout.split('\n');
      expect(header).toMatch(/^key +name +check +codes +differs +ward +age +holder$/);
      expect(row).toMatch(
        /^0100233488 +CÔNG TY TNHH SƠN CA XANH +legal-representative +FIELD_MISMATCH +fullName SIMILAR DIACRITICS +00004 +0 d$/,
      );
      expect(footer).toBe('1 of 1.');
    });

    it('says that more are there, and counts them for scripts', async () => {
      expect((await read('mismatches', '--limit', '1')).stdout).toContain('1 of 2; --limit shows more');
      const { stdout } = await read('mismatches', '--limit', '1', '--json');
      expect(JSON.parse(stdout)).toMatchObject({ total: 2, items: [{ state: 'open', claim: null }] });
      expect((await read('mismatches', '--text', 'nobody')).stdout).toBe('No mismatches of this kind.\n');
    });

    it('writes all of them to a file in which no name is a formula', async () => {
      const file = workshop.at('mismatches.csv');
      const { stdout } = await read('mismatches', '--out', file);
      expect(stdout).toContain('Wrote 2 mismatches to');
      const content = readFileSync(file, 'utf8');
      expect(content.startsWith('\ufeffcheck,registry,record,recordKey,name,codes,fields,ward')).toBe(true);
      expect(content).toContain(`"'=HYPERLINK(""http://example.com"")"`);
    });
  });

  describe('show', () => {
    it('tells of a record, its verdicts with the values of both sides, and its history', async () => {
      const { code, stdout } = await read('show', 'enterprise-registry', ` ${FIRST} `);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^enterprise 0100233488 of enterprise-registry\n {2}version 1 of 1, taken in /);
      expect(stdout).toMatch(/^ {2}representatives\.0\.fullName +Nguyễn Văn Binh$/m);
      expect(stdout).toContain('legal-representative of representative 1: MISMATCHED FIELD_MISMATCH, with resident');
      expect(stdout).toMatch(/^ +fullName +SIMILAR DIACRITICS +Nguyễn Văn Binh +Nguyễn Văn Bình$/m);
      expect(stdout).toMatch(/legal-representative mismatch flagged by reconciler$/m);
    });

    it('tells scripts the same, and who found a record as a counterpart', async () => {
      const { stdout } = await read('show', 'residents', BINH, '--json');
      const [story] = JSON.parse(stdout) as readonly unknown[];
      expect(story).toMatchObject({
        registry: 'residents',
        record: 'resident',
        recordKey: BINH,
        current: { version: 0, withdrawn: false, content: { fullName: 'Nguyễn Văn Bình' } },
        verdicts: [{ check: 'legal-representative', side: 'right', left: { recordKey: FIRST } }],
        history: [{ type: 'khop.residents.resident-registered.v1', actor: 'khop import' }],
      });
    });

    it('does not repeat a key that nobody has', async () => {
      const { code, stdout, stderr } = await read('show', 'residents', '001080099999');
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^khop: The hub has no record with this key from residents/);
      expect(stderr).not.toContain('001080099999');
    });
  });

  describe('template', () => {
    it('writes each kind of file', async () => {
      const [csv = '', jsonl = '', xlsx = ''] = await Promise.all(
        ['csv', 'jsonl', 'xlsx'].map(async (format) => {
          const file = workshop.at(`enterprise.${format}`);
          expect(await khop(['template', 'enterprise', '--format', format, '--out', file])).toMatchObject({ code: 0 });
          return readFileSync(file, 'latin1');
        }),
      );
      expect(csv).toContain('enterpriseCode,taxCode,name');
      expect(JSON.parse(jsonl)).toMatchObject({ enterpriseCode: expect.any(String) });
      expect(xlsx.startsWith('PK')).toBe(true);
    });

    it('has Vietnamese headers when asked for', async () => {
      const { stdout } = await khop(['template', 'resident', '--lang', 'vi']);
      expect(stdout).toMatch(/^\ufeffSố định danh cá nhân/);
    });
  });

  describe('mismatches of a tab', () => {
    const keys = async (...args: string[]): Promise<readonly string[]> => {
      const { stdout } = await read('mismatches', '--json', ...args);
      return (JSON.parse(stdout) as { items: { recordKey: string }[] }).items.map(({ recordKey }) => recordKey);
    };

    it('are those that the desk shows there; one’s own with one’s name', async () => {
      const { stdout } = await read('mismatches', '--code', 'NOT_FOUND', '--json');
      const { items } = JSON.parse(stdout) as { items: { check: Check; reconciliation: string }[] };
      const stream = reconciliationStream(items[0]?.check ?? 'birth', items[0]?.reconciliation ?? '');
      lock.release();
      await act(data, stream, (issued) => ({ ...issued, type: 'claim-mismatch' }));
      await read('stats');
      lock = await acquireRoleLock(join(data, 'log'), 'hub');
      expect(await keys('--tab', 'mine', '--actor', 'cán bộ An')).toEqual([SECOND]);
      expect(await keys('--tab', 'mine', '--actor', 'somebody else')).toEqual([]);
      expect(await keys('--tab', 'unclaimed')).toEqual([FIRST]);
      for (const tab of ['waiting', 'overdue', 'done']) expect(await keys('--tab', tab)).toEqual([]);
    });

    it('are refused without a name where the tab is one’s own', async () => {
      const { code, stderr } = await read('mismatches', '--tab', 'mine');
      expect([code, stderr]).toEqual([1, expect.stringContaining('--actor')]);
    });
  });
});
