import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jsonl, khop, openWorkshop, printed, resident, type ImportOutcome } from '#tests/support';
import { textRow, workbookOf } from '../../libs/registries/files/workbook-fixtures.ts';

const MOST_KILOBYTES_MORE = 300 * 1024;
const MEGABYTE = 1_000_000;

/** Tells at the end how much memory the process ever had. */
const TELL_PEAK = `
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('exit', () => writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS)));
`;

/** What an import says of a file that it refuses. */
type Outcome = ImportOutcome & { readonly failure?: string };

describe('hostile files', () => {
  const workshop = openWorkshop();
  const dataDir = workshop.at('data');
  const hook = workshop.file('tell-peak.mjs', TELL_PEAK);
  let people = 0;
  const good = (): string => jsonl([resident({ personalId: `0010800${String(++people).padStart(5, '0')}` })]);
  let ordinary: number;

  /** Takes files in with a process of their own, and tells its peak in kilobytes. */
  async function importing(...files: readonly string[]) {
    const peakFile = workshop.at('peak');
    const { code, stdout, stderr } = await khop(['import', ...files, '--json', '--data-dir', dataDir], {
      env: { NODE_OPTIONS: `--import=${hook}`, PEAK_FILE: peakFile },
    });
    return { code, stderr, stdout, outcomes: JSON.parse(stdout) as Outcome[], peak: Number(readFileSync(peakFile)) };
  }

  /** A file of these parts; a number stands for so many bytes of `x`. */
  function file(name: string, ...parts: readonly (string | Buffer | number)[]): string {
    const handle = openSync(workshop.at(name), 'w');
    for (const part of parts) {
      if (typeof part !== 'number') writeSync(handle, Buffer.from(part));
      else
        for (let left = part; left > 0; left -= MEGABYTE)
          writeSync(handle, Buffer.alloc(Math.min(left, MEGABYTE), 'x'));
    }
    closeSync(handle);
    return workshop.at(name);
  }

  beforeAll(async () => {
    ordinary = (await importing(file('residents.jsonl', good(), good()))).peak;
  }, 30_000);
  afterAll(() => workshop.remove());

  it('quarantine what can’t be taken, and the good rows after it are taken', async () => {
    const bad = [
      '{"personalId":"001080',
      '{"personalId":"0010\u00008000"}',
      JSON.stringify(resident({ fullName: 'A\ud800B' })),
      Buffer.from('{"personalId":"1","fullName":"Nguy\xd4n"}', 'latin1'),
      JSON.stringify(resident({ dateOfBirth: '1990-02-30' })),
      '['.repeat(MEGABYTE) + ']'.repeat(MEGABYTE),
      `{"personalId":"001080000001","x":"${'y'.repeat(1_900_000)}"}`,
    ];
    const parts = bad.flatMap((line) => [line, '\n', good()]);
    const hostileNames = good().replace('{', '{"__proto__":{"withdrawn":true},"constructor":{"prototype":{}},');
    const formula = jsonl([resident({ personalId: '001080099999', fullName: '=HYPERLINK("http://example.com")' })]);
    const long = file('residents-1.jsonl', ...parts, hostileNames, formula, 100 * MEGABYTE, '\n', good());
    const header = 'personalId,fullName,dateOfBirth,gender,status\n';
    const row = '001080099998,Trần Thị Lụa,1980-05-17,Nữ,ALIVE\n';
    const endless = file('residents-2.csv', header, '001080099997,', 100 * MEGABYTE, '\n', row);
    const unclosed = file(
      'residents-3.csv',
      header,
      '001080099996,"',
      100 * MEGABYTE,
      '\n'.repeat(60),
      row.replace('8,', '5,'),
    );

    const { code, stderr, outcomes, peak } = await importing(long, endless, unclosed);
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(outcomes).toMatchObject([
      { read: 18, taken: 10, quarantined: 8 },
      { read: 2, taken: 1, quarantined: 1 },
      { taken: 1 },
    ]);
    expect(peak).toBeLessThan(ordinary + MOST_KILOBYTES_MORE);
  }, 60_000);

  it('are refused as a whole where nothing in them can be read, with the reason', async () => {
    const lines = `${textRow('personalId', 'fullName')}${textRow('0'.repeat(1000)).repeat(40_000)}`;
    const bomb = workbookOf({ rows: lines });
    const entities = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(1000)}">]>`;
    const { code, stderr, outcomes, peak } = await importing(
      file('residents-4.jsonl', randomBytes(MEGABYTE)),
      file('residents-5.csv', 100 * MEGABYTE),
      file('residents-6.xlsx', bomb),
      file('residents-7.xlsx', sayingLess(bomb)),
      file('residents-8.xlsx', workbookOf({ rows: textRow('&b;'), prologue: entities })),
      file(
        'residents-9.xlsx',
        workbookOf({ rows: textRow('personalId'), sharedStrings: ['<t>x</t>'.repeat(MEGABYTE)] }),
      ),
      file('residents-10.csv'),
      file('residents-11.csv', 'personalId,fullName\n'),
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(outcomes.map(({ failure }) => failure)).toEqual([
      expect.stringMatching(/no text|binary/i),
      expect.any(String),
      expect.stringContaining('would grow'),
      expect.stringMatching(/workbook/),
      expect.stringMatching(/workbook/),
      expect.any(String),
      expect.stringMatching(/empty/),
      expect.stringMatching(/no rows|header/),
    ]);
    expect(peak).toBeLessThan(ordinary + MOST_KILOBYTES_MORE);
    expect(await printed(dataDir, 'verify')).toContain('The log is sound');
  }, 60_000);
});

/** The same archive, whose directory says of every large part that it has 1,000 bytes. */
function sayingLess(archive: Buffer): Buffer {
  const copy = Buffer.from(archive);
  for (let at = copy.indexOf('PK\x01\x02'); at >= 0; at = copy.indexOf('PK\x01\x02', at + 4)) {
    if (copy.readUInt32LE(at + 24) > MEGABYTE) copy.writeUInt32LE(1000, at + 24);
  }
  return copy;
}
