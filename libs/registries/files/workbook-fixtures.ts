import { crc32, deflateRawSync } from 'node:zlib';

/** Text that stands in a part, or bytes. */
export type Part = string | Buffer;

/** A ZIP archive of the parts, deflated: enough for tests of workbooks. */
export function zipOf(parts: Readonly<Record<string, Part>>): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, part] of Object.entries(parts)) {
    const bytes = Buffer.from(part);
    const packed = deflateRawSync(bytes);
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc32(bytes), 0);
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(bytes.length, 8);
    const names = Buffer.from(name);
    const lengths = Buffer.from([names.length, 0, 0, 0]);
    const common = Buffer.concat([Buffer.from([20, 0, 0, 0, 8, 0, 0, 0, 33, 0]), sizes, lengths]);
    const place = Buffer.alloc(4);
    place.writeUInt32LE(offset, 0);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, names, packed]);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), common, Buffer.alloc(10), place, names]),
    );
    files.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, central, end]);
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** What a workbook for a test is made of; `rows` is the XML within `sheetData`. */
export interface WorkbookText {
  readonly rows: string;
  readonly sharedStrings?: readonly string[];
  /** Number formats, in order: cells refer to them by `s`, from 1; 0 is general. */
  readonly formats?: readonly string[];
  readonly date1904?: boolean;
  /** In place of the XML declaration of the sheet. */
  readonly prologue?: string;
}

/** The bytes of a workbook with one sheet. */
export function workbookOf({
  rows,
  sharedStrings,
  formats = [],
  date1904 = false,
  prologue = XML,
}: WorkbookText): Buffer {
  const relations = (list: readonly (readonly [type: string, target: string])[]): string =>
    `${XML}<Relationships xmlns="${PACKAGE}">${list
      .map(
        ([type, target], index) => `<Relationship Id="r${index + 1}" Type="${RELATION}/${type}" Target="${target}"/>`,
      )
      .join('')}</Relationships>`;
  const numFmts = formats.map((code, index) => `<numFmt numFmtId="${200 + index}" formatCode="${code}"/>`).join('');
  const xfs = formats.map((_, index) => `<xf numFmtId="${200 + index}"/>`).join('');
  return zipOf({
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATION}"><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['styles', 'styles.xml'],
      ['sharedStrings', '/xl/sharedStrings.xml'],
    ]),
    'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><numFmts>${numFmts}</numFmts><cellXfs><xf numFmtId="0"/>${xfs}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${XML}<sst xmlns="${MAIN}">${(sharedStrings ?? []).map((text) => `<si>${text}</si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `${prologue}<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
  });
}

/** A row of inline texts. */
export const textRow = (...cells: readonly string[]): string =>
  `<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`;
