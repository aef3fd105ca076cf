import { afterAll, describe, expect, it } from '@jest/globals';
import { encodingNamed } from './encoding.ts';
import { openRecordFile } from './open-record-file.ts';
import { codesOf, readRows, temporaryFiles } from './file-fixtures.ts';

const files = temporaryFiles();
afterAll(() => files.remove());

const TEXT = [
  'personalId,fullName,hometown',
  '001080000001,Nguyễn Văn Mẫu,"xã Đông Hòa, huyện Quảng Xương"',
  '001080000002,Trần Thị Thơ,Hưng Yên',
  '001080000003,Lê Đức Thượng,phường Ngọc Khánh',
].join('\n');

/** Bytes of the text in an encoding of one byte a letter, by the bytes of each letter that is not ASCII. */
const encoded = (letters: Readonly<Record<string, string>>): Buffer =>
  Buffer.from(Array.from(TEXT, (letter) => letters[letter] ?? letter).join(''), 'latin1');

const TCVN3 = encoded({
  ễ: '\xd4',
  ă: '\xa8',
  ẫ: '\xc9',
  ầ: '\xc7',
  ị: '\xde',
  ơ: '\xac',
  ê: '\xaa',
  ứ: '\xf8',
  ư: '\xad',
  ợ: '\xee',
  Đ: '\xa7',
  ô: '\xab',
  ò: '\xdf',
  ã: '\xb7',
  ệ: '\xd6',
  ả: '\xb6',
  ờ: '\xea',
  ọ: '\xe4',
  á: '\xb8',
});
const VNI = encoded({
  ễ: 'e\xe3',
  ă: 'a\xea',
  ẫ: 'a\xe3',
  ầ: 'a\xe0',
  ị: '\xf2',
  ơ: '\xf4',
  ê: 'e\xe2',
  ứ: '\xf6\xf9',
  ư: '\xf6',
  ợ: '\xf4\xef',
  Đ: '\xd1',
  ô: 'o\xe2',
  ò: 'o\xf8',
  ã: 'a\xf5',
  ệ: 'e\xe4',
  ả: 'a\xfb',
  ờ: '\xf4\xf8',
  ọ: 'o\xef',
  á: 'a\xf9',
});
const WINDOWS_1258 = encoded({
  ễ: '\xea\xde',
  ă: '\xe3',
  ẫ: '\xe2\xde',
  ầ: '\xe2\xcc',
  ị: 'i\xf2',
  ơ: '\xf5',
  ê: '\xea',
  ứ: '\xfd\xec',
  ư: '\xfd',
  ợ: '\xf5\xf2',
  Đ: '\xd0',
  ô: '\xf4',
  ò: 'o\xcc',
  ã: 'a\xde',
  ệ: '\xea\xf2',
  ả: 'a\xd2',
  ờ: '\xf5\xcc',
  ọ: 'o\xf2',
  á: '\xe1',
});

describe('legacy encodings', () => {
  it.each([
    ['tcvn3', TCVN3],
    ['vni', VNI],
    ['windows-1258', WINDOWS_1258],
  ] as const)('%s is recognised for certain, and gives the same rows as UTF-8', async (encoding, bytes) => {
    const expected = await files.rows('residents.csv', TEXT);
    const path = files.write(`residents-${encoding}.csv`, bytes);
    expect((await openRecordFile(path)).encoding).toBe(encoding);
    expect(await readRows(path)).toEqual(expected);
    expect(await readRows(path, { encoding })).toEqual(expected);
  });

  it('that can not be told for certain are refused as a whole', async () => {
    const french = Buffer.from(TEXT.replace(/[^ -~\n]/g, 'x').replace('Mxu', 'Élève façon'), 'latin1');
    await expect(files.rows('residents.csv', french)).rejects.toMatchObject({ code: 'unknown-encoding' });
    const mixed = Buffer.concat([TCVN3, VNI]);
    await expect(files.rows('residents.csv', mixed)).rejects.toMatchObject({ code: 'unknown-encoding' });
  });

  it('are recognised behind a long beginning in ASCII', async () => {
    const plain = '001080000009,Le Van Chi,Ha Noi\n'.repeat(40_000);
    const [header = '', ...rest] = TCVN3.toString('latin1').split('\n');
    const bytes = Buffer.from(`${header}\n${plain}${rest.join('\n')}`, 'latin1');
    expect((await openRecordFile(files.write('residents.csv', bytes))).encoding).toBe('tcvn3');
  });
});

describe('a stated encoding', () => {
  it('does not make garbage of a file that is plainly UTF-8', async () => {
    const path = files.write('residents.csv', TEXT);
    await expect(readRows(path, { encoding: 'tcvn3' })).rejects.toMatchObject({ code: 'unknown-encoding' });
    expect(await readRows(path, { encoding: 'utf-8' })).toHaveLength(3);
  });

  it('is known by the names that people use', () => {
    const names = ['UTF-8', 'utf16', 'Windows-1258', 'cp1258', 'TCVN3', 'ABC', 'VNI', 'vni-win', 'latin1'];
    expect(names.map(encodingNamed)).toEqual([
      'utf-8',
      'utf-16le',
      'windows-1258',
      'windows-1258',
      'tcvn3',
      'tcvn3',
      'vni',
      'vni',
      undefined,
    ]);
  });
});

describe('a UTF-8 file with damaged lines', () => {
  it('loses only those lines', async () => {
    const line = (id: number): string => `{"personalId":"${id}","fullName":"Nguyễn Văn Mẫu"}\n`;
    const bytes = Buffer.concat([
      Buffer.from(line(1)),
      Buffer.from('{"personalId":"2","fullName":"\xd4"}\n', 'latin1'),
      Buffer.from(line(3).repeat(3)),
    ]);
    expect(codesOf(await files.rows('residents.jsonl', bytes))).toEqual([
      undefined,
      'bad-encoding',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('gives the same rows in whatever chunks it is read', async () => {
    const line = (id: number): string => `{"personalId":"${id}","fullName":"Nguyễn Văn Ễ"}`;
    const text = `\ufeff${line(1)}\n\n${line(2)}\r\n \r\n\n\n{broken\n${line(3)}\n${line(4)}`;
    const rows = await files.rows('residents.jsonl', text);
    expect(rows.map((row) => row.line)).toEqual([1, 3, 7, 8, 9]);
    expect(rows.map((row) => row.text)).toEqual([line(1), line(2), undefined, line(3), line(4)]);
    for (let chunkBytes = 1; chunkBytes <= text.length; chunkBytes += 3) {
      expect(await files.rows('residents.jsonl', text, { bounds: { chunkBytes } })).toEqual(rows);
      const wide = Buffer.from(text, 'utf16le');
      expect(await files.rows('residents.jsonl', wide, { bounds: { chunkBytes } })).toEqual(rows);
    }
  });

  it('is no file to be refused because a character lies across two chunks', async () => {
    const line = `{"personalId":"1","fullName":"${'ễ'.repeat(50)}"}\n`;
    const rows = await files.rows('residents.jsonl', line.repeat(20), { bounds: { chunkBytes: 7 } });
    expect(new Set(codesOf(rows))).toEqual(new Set([undefined]));
    expect(rows).toHaveLength(20);
    const wide = Buffer.from(`\ufeff${line.repeat(20)}`, 'utf16le');
    expect(await files.rows('residents.jsonl', wide, { bounds: { chunkBytes: 7 } })).toEqual(rows);
  });
});
