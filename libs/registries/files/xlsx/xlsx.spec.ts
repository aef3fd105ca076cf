import { afterAll, describe, expect, it } from '@jest/globals';
import { temporaryFiles } from '../file-fixtures.ts';
import { textRow, workbookOf, type WorkbookText } from '../workbook-fixtures.ts';
import { numberCell } from './number-cell.ts';
import { numberStyleOf } from './styles.ts';

const files = temporaryFiles();
afterAll(() => files.remove());

const rowsOf = async (workbook: WorkbookText, bounds = {}) =>
  files.rows('residents.xlsx', workbookOf(workbook), { bounds });
const date = (value: number, format: string, date1904 = false) =>
  numberCell(String(value), numberStyleOf(format), date1904);

describe('cells of a workbook', () => {
  it('with dates are dates, as far as the cell shows them', () => {
    expect(date(29358, 'dd/mm/yyyy')).toEqual({ kind: 'date', date: '1980-05-17' });
    expect(date(29358, '[$-42A]d mmm yyyy;@')).toEqual({ kind: 'date', date: '1980-05-17' });
    expect(date(29358, 'mm/yyyy')).toEqual({ kind: 'date', date: '1980-05' });
    expect(date(29358, 'yyyy')).toEqual({ kind: 'date', date: '1980' });
    expect(date(29358.5, 'dd/mm/yyyy hh:mm')).toEqual({ kind: 'date', date: '1980-05-17', time: '12:00:00' });
  });

  it('with dates count from 1900 with its false leap day, or from 1904', () => {
    expect(date(1, 'dd/mm/yyyy')).toEqual({ kind: 'date', date: '1900-01-01' });
    expect(date(59, 'dd/mm/yyyy')).toEqual({ kind: 'date', date: '1900-02-28' });
    expect(date(61, 'dd/mm/yyyy')).toEqual({ kind: 'date', date: '1900-03-01' });
    expect(date(0, 'dd/mm/yyyy', true)).toEqual({ kind: 'date', date: '1904-01-01' });
    expect(date(27896, 'dd/mm/yyyy', true)).toEqual({ kind: 'date', date: '1980-05-17' });
  });

  it('with numbers are what they show', () => {
    expect(date(1080000001, '000000000000')).toBe('001080000001');
    expect(numberCell('1.080000001E11', numberStyleOf('General'), false)).toBe('108000000100');
    expect(numberCell('12.50', numberStyleOf('0.00'), false)).toBe('12.50');
    expect(date(-5, 'dd/mm/yyyy')).toBe('-5');
    expect(numberStyleOf('#,##0')).toEqual({ kind: 'plain' });
    expect(numberStyleOf('h:mm:ss')).toEqual({ kind: 'plain' });
    expect(numberStyleOf('"ngày" dd')).toEqual({ kind: 'date', precision: 'day' });
  });

  it('are read whether shared, rich, in line, by name or by place', async () => {
    const [row] = await rowsOf({
      sharedStrings: [
        '<t>personalId</t>',
        '<r><t>Nguyễn </t></r><r><t>Văn Mẫu</t></r><rPh><t>x</t></rPh>',
        '<t>a_x000D_b</t>',
      ],
      formats: ['dd/mm/yyyy'],
      rows: `
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>Họ và tên</t></is></c><c t="inlineStr"><is><t>Ngày sinh</t></is></c><c r="E1" t="inlineStr"><is><t>updatedAt</t></is></c><c t="inlineStr"><is><t>withdrawn</t></is></c><c t="inlineStr"><is><t>otherNames</t></is></c></row>
        <row r="5"><c r="A5"><v>101080000001</v></c><c r="B5"/><c r="C5" t="s"><v>1</v></c><c s="1"><v>29358</v></c><c r="E5" s="1"><v>46204.25</v></c><c t="b"><v>1</v></c><c t="s"><v>2</v></c></row>`,
    });
    expect(row).toMatchObject({
      line: 5,
      raw: {
        personalId: '101080000001',
        fullName: 'Nguyễn Văn Mẫu',
        dateOfBirth: '1980-05-17',
        updatedAt: '2026-07-01T06:00:00+07:00',
        withdrawn: 'true',
        otherNames: 'a\rb',
      },
    });
  });

  it('find their shared texts in a temporary file too', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `Người ${index}`);
    const rows = names.map(
      (_, index) => `<row><c t="inlineStr"><is><t>${index}</t></is></c><c t="s"><v>${index}</v></c></row>`,
    );
    const workbook = {
      rows: textRow('personalId', 'fullName') + rows.join(''),
      sharedStrings: names.map((name) => `<t>${name}</t>`),
    };
    const read = await rowsOf(workbook, { maxSharedTextCharacters: 100 });
    expect(read.map((row) => row.raw)).toEqual(
      names.map((fullName, index) => ({ personalId: String(index), fullName })),
    );
  });

  it('pass over empty rows', async () => {
    const rows = `<row/>${textRow('personalId', 'fullName')}<row r="4"><c/></row>${textRow('', '')}<row r="9"><c t="str"><v>1</v></c></row>`;
    expect(await rowsOf({ rows })).toMatchObject([{ line: 9, raw: { personalId: '1' } }]);
  });
});
