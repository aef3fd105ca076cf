import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { definitionOf } from '../definitions/index.ts';
import { aResident, openIntakeBench, type IntakeBench } from '../intake/intake-fixtures.ts';
import { takeRecords, type IntakeReport } from '../intake/index.ts';
import { findQuarantined } from '../quarantine/index.ts';
import { codesOf, readRows, temporaryFiles } from './file-fixtures.ts';
import { openRecordFile } from './open-record-file.ts';
import { textRow, workbookOf, zipOf } from './workbook-fixtures.ts';

const files = temporaryFiles();
let bench: IntakeBench;
beforeAll(async () => {
  bench = await openIntakeBench();
});
afterAll(async () => {
  files.remove();
  await bench.close();
});

let people = 0;
/** A line with a good record that no test has had before. */
const goodLine = (): string =>
  `${JSON.stringify(aResident({ personalId: `0010800${String(++people).padStart(5, '0')}` }))}\n`;

async function take(path: string): Promise<IntakeReport> {
  const file = await openRecordFile(path);
  return takeRecords(
    bench.deps,
    { definition: file.definition, source: { kind: 'file', fileName: file.fileName } },
    file.rows,
  );
}

/** A bad line between two good ones. */
const between = (bad: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(goodLine()), Buffer.from(bad), Buffer.from('\n'), Buffer.from(goodLine())]);

const refusal = (name: string, content: string | Buffer): Promise<unknown> =>
  files.rows(name, content).then(
    () => 'taken',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  );

describe('lines that can not be taken', () => {
  it.each<[string, string | Buffer, string]>([
    ['broken JSON', '{"personalId":"001080', 'broken-json'],
    ['a NUL byte', '{"personalId":"0010\u00008000"}', 'broken-json'],
    ['an escaped NUL', JSON.stringify(aResident({ fullName: 'A\0B' })), 'unreadable-text'],
    ['a lone surrogate', JSON.stringify(aResident({ fullName: 'A\ud800B' })), 'unreadable-text'],
    ['bytes of another encoding', Buffer.from('{"personalId":"1","fullName":"Nguy\xd4n"}', 'latin1'), 'bad-encoding'],
    ['an impossible date', JSON.stringify(aResident({ dateOfBirth: '30/02/1990' })), 'date-impossible'],
    ['a date that is none', JSON.stringify(aResident({ dateOfBirth: 'yesterday' })), 'date-form'],
    ['an array', '[1,2,3]', 'not-a-record'],
    ['a number', '42', 'not-a-record'],
    ['arrays nested a hundred thousand deep', '['.repeat(100_000) + ']'.repeat(100_000), 'not-a-record'],
    [
      'a field nested a hundred thousand deep',
      `{"personalId":"1","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      'required',
    ],
    ['an object where a text is due', JSON.stringify(aResident({ fullName: { toString: 1 } })), 'wrong-type'],
    ['a text that is endless', JSON.stringify(aResident({ fullName: 'a'.repeat(5000) })), 'too-long'],
    ['a key that is too short', JSON.stringify(aResident({ personalId: '00108000000' })), 'code-length'],
    ['letters in the key', JSON.stringify(aResident({ personalId: '00108000000O' })), 'code-characters'],
    ['a moment that lies ahead', JSON.stringify(aResident({ updatedAt: '2027-01-01T00:00:00Z' })), 'in-the-future'],
  ])('with %s are quarantined, and the rows after them taken', async (_, bad, code) => {
    const report = await take(files.write('residents.jsonl', between(bad)));
    expect(report).toMatchObject({ registered: 2, quarantined: 1 });
    expect(report.rejections[0]?.reasons.map((reason) => reason.code)).toContain(code);
    expect(report.rejections[0]?.line).toBe(2);
  });

  it('with a record that the log does not take are quarantined as they came', async () => {
    const person = { fullName: 'Ễ'.repeat(2000), nationality: 'Ễ'.repeat(2000), documentNumber: 'Ễ'.repeat(2000) };
    const line = JSON.stringify({
      annotation: 'kept',
      enterpriseCode: '0100233488',
      name: 'CÔNG TY MẪU',
      type: 'JOINT_STOCK',
      status: 'ACTIVE',
      representatives: Array(60).fill(person),
    });
    const report = await take(files.write('enterprises.jsonl', line));
    expect(report.rejections[0]?.reasons).toEqual([{ field: '(row)', code: 'too-large' }]);
    const item = await findQuarantined(bench.deps.store, report.rejections[0]?.quarantineId ?? '');
    expect(JSON.stringify(item?.row)).toContain('annotation');
  });

  it('with the names of what every object has are taken, and those names counted as unknown', async () => {
    const hostile = goodLine().replace(
      '{',
      '{"__proto__":{"withdrawn":true,"x":1},"constructor":{"prototype":{}},"toString":1,',
    );
    const report = await take(files.write('residents.jsonl', between(hostile.trim())));
    expect(report).toMatchObject({ registered: 3, withdrawn: 0, quarantined: 0 });
    expect([...report.unknownFields.keys()]).toEqual(['__proto__', 'constructor', 'toString']);
    expect(({} as Record<string, unknown>)['withdrawn']).toBeUndefined();
    const finished = (await bench.events()).at(-1);
    expect(finished?.data['unknownFields']).toEqual({ '(other)': 3 });
  });

  it('of a hundred megabytes are quarantined without being held', async () => {
    const path = files.write('residents.jsonl', goodLine());
    const file = openSync(path, 'a');
    const piece = Buffer.alloc(1_000_000, 'x');
    for (let count = 0; count < 100; count += 1) writeSync(file, piece);
    writeSync(file, `\n${goodLine()}`);
    closeSync(file);
    const before = process.memoryUsage().rss;
    const report = await take(path);
    expect(report).toMatchObject({ registered: 2, quarantined: 1 });
    expect(report.rejections[0]?.reasons).toEqual([
      { field: '(row)', code: 'line-too-long', shape: 'line of 100000000 bytes' },
    ]);
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  });

  it('with thousands of faults are quarantined with the first of them', async () => {
    const representatives = Array.from({ length: 20_000 }, () => ({ gender: 'x', dateOfBirth: 'y' }));
    const path = files.write('enterprises.jsonl', JSON.stringify({ enterpriseCode: '0100233488', representatives }));
    const report = await take(path);
    expect(report).toMatchObject({ quarantined: 1 });
    expect(report.rejections[0]?.reasons).toHaveLength(50);
    expect(report.rejectionsByReason.length).toBeLessThan(10);
  });

  it('many large ones in a row are not held together', async () => {
    const large = `{"personalId":"001080000001","x":"${'y'.repeat(1_500_000)}"}\n`;
    const path = files.write('residents.jsonl', large.repeat(60));
    const before = process.memoryUsage().rss;
    expect(await take(path)).toMatchObject({ quarantined: 60 });
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  });
});

describe('files that are refused as a whole', () => {
  it.each<[string, string, string | Buffer, string]>([
    ['an empty file', 'residents.jsonl', '', 'empty-file'],
    ['a blank file', 'residents.csv', '\n \n', 'empty-file'],
    ['a header and no rows', 'residents.csv', 'personalId,fullName\n', 'no-rows'],
    ['a header of another thing', 'residents.csv', 'a,b,c\n1,2,3', 'no-known-columns'],
    ['no column for the key', 'residents.csv', 'Họ và tên,b,c\n1,2,3', 'key-column-missing'],
    ['random bytes', 'residents.jsonl', randomBytes(100_000), 'binary'],
    ['random bytes named CSV', 'residents.csv', randomBytes(300), 'binary'],
    ['a picture', 'residents.csv', Buffer.from('\x89PNG\r\n', 'latin1'), 'binary'],
    ['an old workbook', 'residents.xlsx', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old-excel'],
    ['a text named as a workbook', 'residents.xlsx', 'hello', 'broken-workbook'],
    [
      'an archive that is cut',
      'residents.xlsx',
      workbookOf({ rows: textRow('personalId') }).subarray(0, 500),
      'broken-workbook',
    ],
    ['an archive without a workbook', 'residents.xlsx', zipOf({ 'a.txt': 'a' }), 'broken-workbook'],
    ['UTF-32', 'residents.csv', Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]), 'unknown-encoding'],
    ['a JSON document', 'residents.json', '[\n  {"personalId": "001080000001"}\n]', 'not-json-lines'],
    ['a name that tells nothing', 'data.csv', 'personalId\n1', 'unknown-record'],
  ])('%s', async (_, name, content, code) => {
    expect(await refusal(name, content)).toBe(code);
  });

  it('says what to do, and repeats nothing of the file', async () => {
    await expect(files.rows('residents.csv', 'Nguyễn Văn Bí Mật,b\n1,2')).rejects.toThrow(
      /Does the file begin with its header/,
    );
    await expect(files.rows('residents.csv', 'Nguyễn Văn Bí Mật,b\n1,2')).rejects.not.toThrow(/Bí Mật/);
    await expect(readRows('/nowhere/residents.csv')).rejects.toMatchObject({ code: 'unreadable' });
    await expect(readRows('/tmp/', { record: 'resident' })).rejects.toMatchObject({ code: 'unreadable' });
  });
});

describe('hostile workbooks', () => {
  const header = textRow('personalId', 'fullName');

  it('refuses a zip bomb by what it says of itself', async () => {
    const rows = `${header}${`<row><c t="inlineStr"><is><t>${'0'.repeat(1000)}</t></is></c></row>`.repeat(20_000)}`;
    expect(await refusal('residents.xlsx', workbookOf({ rows }))).toBe('zip-bomb');
  });

  it('refuses a document type, and with it entities that unfold into more', async () => {
    const prologue = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>`;
    expect(await refusal('residents.xlsx', workbookOf({ rows: textRow('&b;'), prologue }))).toBe('broken-workbook');
    expect(await refusal('residents.xlsx', workbookOf({ rows: `${header}${textRow('&b;')}` }))).toBe('broken-workbook');
  });

  it('refuses a value that never ends', async () => {
    const noise = randomBytes(1_500_000).toString('hex');
    expect(await refusal('residents.xlsx', workbookOf({ rows: `${header}${textRow(noise)}` }))).toBe('broken-workbook');
  });

  it('rejects a cell with an error and a row that is too wide, and takes the rows after them', async () => {
    const error = '<row><c t="str"><v>001080000001</v></c><c t="e"><v>#N/A</v></c></row>';
    const wide = '<row r="9"><c r="ZZZ9"><v>1</v></c></row>';
    const long = textRow(...Array.from({ length: 30 }, () => randomBytes(50_000).toString('hex')));
    const rows = `${header}${error}${wide}${long}${textRow('1', 'A')}`;
    expect(codesOf(await files.rows('residents.xlsx', workbookOf({ rows })))).toEqual([
      'cell-error',
      'too-many-columns',
      'line-too-long',
      undefined,
    ]);
  });

  it('counts a cell with an error in a column that it does not know, and takes the row', async () => {
    const name = 'Nguyễn Văn Bình 001080012345';
    const texts = ['001080000001', 'A'].map((text) => `<c t="str"><v>${text}</v></c>`).join('');
    const rows = `${textRow('personalId', 'fullName', name)}<row>${texts}<c t="e"><v>#REF!</v></c></row>`;
    const [row] = await files.rows('residents.xlsx', workbookOf({ rows }));
    expect(row?.reasons).toBeUndefined();
    expect(row?.raw).toEqual({ personalId: '001080000001', fullName: 'A', [name]: '#N/A' });
  });

  it('takes a formula by the value it last had, and formula text as text', async () => {
    const formula = '<row><c t="str"><f>1+1</f><v>001080000001</v></c><c t="inlineStr"><is><t>=1+1</t></is></c></row>';
    const [row] = await files.rows('residents.xlsx', workbookOf({ rows: `${header}${formula}` }));
    expect(row?.raw).toEqual({ personalId: '001080000001', fullName: '=1+1' });
  });
});

describe('definitions', () => {
  it('are found for the file names of record-formats, singular or plural', async () => {
    for (const [name, record] of [
      ['residents.jsonl', 'resident'],
      ['Enterprise.CSV', 'enterprise'],
      ['births-2026.part2.jsonl', 'birth'],
    ] as const) {
      const content = name.endsWith('CSV') ? 'enterpriseCode\n1' : '{}';
      const file = await openRecordFile(files.write(name, content));
      expect(file.definition).toBe(definitionOf(record));
    }
  });
});
