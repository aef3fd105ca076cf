import { afterAll, describe, expect, it } from '@jest/globals';
import { codesOf, temporaryFiles } from './file-fixtures.ts';

const files = temporaryFiles();
afterAll(() => files.remove());

const HEADER = 'personalId,fullName,status';
const rawsOf = async (text: string | Buffer, name = 'residents.csv'): Promise<unknown[]> =>
  (await files.rows(name, text)).map((row) => row.raw);

describe('CSV files', () => {
  it.each([
    ['comma', ','],
    ['semicolon', ';'],
    ['tab', '\t'],
  ])('are separated by %s', async (_, delimiter) => {
    const text = `${HEADER}\n001080000001,Nguyễn Văn Mẫu,ALIVE\n`.replaceAll(',', delimiter);
    expect(await rawsOf(text)).toEqual([{ personalId: '001080000001', fullName: 'Nguyễn Văn Mẫu', status: 'ALIVE' }]);
  });

  it('are told their delimiter by the line that Excel writes', async () => {
    expect(await rawsOf(`sep=;\r\npersonalId;fullName\r\n1;A,B\r\n`)).toEqual([{ personalId: '1', fullName: 'A,B' }]);
  });

  it.each([
    ['UTF-8 with BOM', Buffer.from(`\ufeff${HEADER}\n1,Ễ,2`)],
    ['UTF-16LE with BOM', Buffer.from(`\ufeff${HEADER}\n1,Ễ,2`, 'utf16le')],
    ['UTF-16LE without BOM', Buffer.from(`${HEADER}\n1,Ễ,2`, 'utf16le')],
    ['UTF-16BE with BOM', Buffer.from(`\ufeff${HEADER}\n1,Ễ,2`, 'utf16le').swap16()],
    ['UTF-16BE without BOM', Buffer.from(`${HEADER}\n1,Ễ,2`, 'utf16le').swap16()],
  ])('may be in %s', async (_, bytes) => {
    expect(await rawsOf(bytes)).toEqual([{ personalId: '1', fullName: 'Ễ', status: '2' }]);
  });

  it('take Vietnamese headers in any letter case, composed or not, and dotted names', async () => {
    const header = 'SỐ ĐỊNH DANH CÁ NHÂN;họ và tên *;Thường trú;permanentAddress.wardCode;Số CMND;Họ tên mẹ;lạ';
    const [row] = await rawsOf(`${header.normalize('NFD')}\n1;A;Số 1;00004;011234567;B;x`);
    expect(row).toEqual({
      personalId: '1',
      fullName: 'A',
      permanentAddress: { text: 'Số 1', wardCode: '00004' },
      formerIds: [{ type: 'CMND9', value: '011234567' }],
      mother: { fullName: 'B' },
      lạ: 'x',
    });
  });

  it('keep line breaks, delimiters and quotation marks within quotation marks', async () => {
    expect(await rawsOf(`${HEADER}\r\n1,"A ""B"", C\r\nD",ALIVE\r\n2,"",x`)).toEqual([
      { personalId: '1', fullName: 'A "B", C\nD', status: 'ALIVE' },
      { personalId: '2', status: 'x' },
    ]);
  });

  it('lose only the line on which a quotation mark is not closed', async () => {
    const good = (id: number): string => `${id},"Tên, ${id}",ALIVE\n`;
    const rows = await files.rows(
      'residents.csv',
      `${HEADER}\n${good(1)}2,"broken,ALIVE\n${good(3)}4,"x"y,ALIVE\n${good(5)}6,"end`,
    );
    expect(codesOf(rows)).toEqual([undefined, 'broken-quotes', undefined, 'broken-quotes', undefined, 'broken-quotes']);
    expect(rows.map((row) => row.line)).toEqual([2, 3, 4, 5, 6, 7]);
  });

  it('do not let one open quotation mark swallow a big file', async () => {
    const rows = await files.rows('residents.csv', `${HEADER}\n1,"open,ALIVE\n${'2,x,ALIVE\n'.repeat(5000)}`);
    expect(rows).toHaveLength(5001);
    expect(codesOf(rows).filter((code) => code === 'broken-quotes')).toHaveLength(1);
  });

  it('pass over blank rows, and reject a row with more values than columns', async () => {
    const rows = await files.rows('residents.csv', `${HEADER}\n,,\n\n1,A\n2,Số 1, phố Mẫu,ALIVE\n`);
    expect(codesOf(rows)).toEqual([undefined, 'too-many-columns']);
  });

  it('leave formula text as text, and unwrap what was wrapped to be kept as text', async () => {
    expect(await rawsOf(`${HEADER}\n"=""001080000001""",=HYPERLINK(1),+x`)).toEqual([
      { personalId: '001080000001', fullName: '=HYPERLINK(1)', status: '+x' },
    ]);
  });

  it('reject a row where two columns of one field disagree', async () => {
    const rows = await files.rows('residents.csv', 'personalId,Số CCCD\n1,1\n1,2\n,3');
    expect(codesOf(rows)).toEqual([undefined, 'columns-disagree', undefined]);
  });

  it('survive headers that name what every object has', async () => {
    const [row] = await files.rows('residents.csv', 'personalId,__proto__,constructor,headOffice,mother\n1,a,b,c,d');
    expect(row?.raw).toEqual({
      personalId: '1',
      '(__proto__)': 'a',
      '(constructor)': 'b',
      headOffice: 'c',
      '(mother)': 'd',
    });
    expect(Object.getPrototypeOf(row?.raw)).toBe(Object.prototype);
  });
});

describe('rows of one enterprise', () => {
  const header = 'Mã số doanh nghiệp,Tên doanh nghiệp,Người đại diện,Chức danh,updatedAt';
  const text = [
    header,
    '0100233488,A,Một,Giám đốc,',
    '0314409058,B,Hai,,',
    '100233488,,Ba,,',
    ',no code,,,',
    '0100 233 488,A,Bốn,,',
    '0314409058,Khác,Năm,,',
  ].join('\n');
  it.each([
    ['in memory', 50_000],
    ['in a temporary file', 2],
  ])(
    'are put together wherever they stand, representatives in the order of rows (%s)',
    async (_, maxGroupedRowsInMemory) => {
      const rows = await files.rows('enterprises.csv', text, { bounds: { maxGroupedRowsInMemory } });
      expect(rows[0]).toMatchObject({
        line: 2,
        raw: {
          enterpriseCode: '0100233488',
          name: 'A',
          representatives: [{ fullName: 'Một', title: 'Giám đốc' }, { fullName: 'Ba' }, { fullName: 'Bốn' }],
        },
      });
      expect(rows.map((row) => row.line)).toEqual([2, 3, 5]);
      expect(rows[1]?.reasons).toEqual([{ field: 'name', code: 'rows-disagree', shape: '2 rows' }]);
    },
  );

  it('may differ in what is none of the record’s: no header of a file stands in a reason', async () => {
    const name = 'Nguyễn Văn Bình 001080012345';
    const rows = await files.rows('enterprises.csv', `${header},${name}\n1,A,Một,,,x\n1,A,Hai,,,y`);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.reasons).toBeUndefined();
  });

  it('are versions of their own where they differ in updatedAt', async () => {
    const rows = await files.rows(
      'enterprises.csv',
      `${header}\n1,A,Một,,2026-01-01T00:00:00Z\n1,A,Hai,,2026-02-01T00:00:00Z\n1,,Ba,,`,
    );
    expect(rows.map((row) => row.raw)).toMatchObject([
      { representatives: [{ fullName: 'Một' }] },
      { representatives: [{ fullName: 'Hai' }, { fullName: 'Ba' }] },
    ]);
  });
});
