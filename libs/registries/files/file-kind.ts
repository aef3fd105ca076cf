import { FileRefusedError } from './file-errors.ts';

/** How a file holds its records. */
export type FileKind = 'jsonl' | 'csv' | 'xlsx';

const EXTENSIONS: ReadonlyMap<string, FileKind> = new Map([
  ['jsonl', 'jsonl'],
  ['ndjson', 'jsonl'],
  ['json', 'jsonl'],
  ['csv', 'csv'],
  ['tsv', 'csv'],
  ['txt', 'csv'],
  ['xlsx', 'xlsx'],
]);

const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
const OPENING_BRACE = 0x7b;
/** So many control characters make a file binary, unless it plainly begins as text. */
const BINARY_SHARE = 0.05;
const UTF_32 = [Buffer.from([0xff, 0xfe, 0, 0]), Buffer.from([0, 0, 0xfe, 0xff])];

/** What a file begins with that is no table and no text. */
const OTHER_KINDS: readonly (readonly [magic: Buffer, name: string])[] = [
  [Buffer.from('%PDF-'), 'a PDF document'],
  [Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'a picture'],
  [Buffer.from([0xff, 0xd8, 0xff]), 'a picture'],
  [Buffer.from('GIF8'), 'a picture'],
  [Buffer.from([0x1f, 0x8b]), 'a compressed file: unpack it first'],
  [Buffer.from('Rar!'), 'an archive: unpack it first'],
  [Buffer.from('7z\xbc\xaf', 'latin1'), 'an archive: unpack it first'],
  [Buffer.from([0x7f, 0x45, 0x4c, 0x46]), 'a program'],
  [Buffer.from('SQLite format 3'), 'a database'],
];

/**
 * Tells what kind of file it is, by its name and by how it begins. Throws `FileRefusedError`: `empty-file`, `binary`, `not-json-lines`, `old-excel`,
 * `broken-workbook`.
 */
export function kindOfFile(fileName: string, sample: Buffer): FileKind {
  if (sample.length === 0 || sample.toString('latin1').trim() === '') {
    throw new FileRefusedError('empty-file', 'The file is empty. There is nothing to take in.');
  }
  const named = EXTENSIONS.get(fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase());
  if (startsWith(sample, ZIP)) return 'xlsx';
  if (startsWith(sample, OLE)) {
    throw new FileRefusedError(
      'old-excel',
      'The file is an old Excel workbook (.xls) or one with a password. Save it as .xlsx without a password, or as CSV.',
    );
  }
  if (named === 'xlsx') {
    throw new FileRefusedError(
      'broken-workbook',
      'The file is called .xlsx and is no workbook. Save it again as .xlsx or as CSV.',
    );
  }
  refuseBinary(sample);
  const kind = named ?? (sample[0] === OPENING_BRACE ? 'jsonl' : 'csv');
  if (kind === 'jsonl') refuseDocument(sample);
  return kind;
}

/** A JSON document that is spread over lines: every line of it would be rejected. */
function refuseDocument(sample: Buffer): void {
  const [first = ''] = sample.toString('latin1').trimStart().split('\n', 1);
  if (!['[', '{', '[{'].includes(first.trim())) return;
  throw new FileRefusedError(
    'not-json-lines',
    'The file is one JSON document over many lines. Write it as JSON lines: one record on each line, without brackets around them.',
  );
}

function refuseBinary(sample: Buffer): void {
  const known = OTHER_KINDS.find(([magic]) => startsWith(sample, magic));
  if (known !== undefined) throw new FileRefusedError('binary', `The file is no text: it is ${known[1]}.`);
  if (UTF_32.some((mark) => startsWith(sample, mark))) {
    throw new FileRefusedError('unknown-encoding', 'The file is in UTF-32, which is not read. Save it as UTF-8.');
  }
  if (sample[0] === OPENING_BRACE || isWide(sample)) return;
  let controls = 0;
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls += 1;
  if (controls > sample.length * BINARY_SHARE) {
    throw new FileRefusedError(
      'binary',
      'The file is no text: it holds binary data. JSON lines, CSV and XLSX can be read.',
    );
  }
}

/** UTF-16 is full of zeros. */
function isWide(sample: Buffer): boolean {
  if ((sample[0] === 0xff && sample[1] === 0xfe) || (sample[0] === 0xfe && sample[1] === 0xff)) return true;
  let zeros = [0, 0];
  for (const [index, byte] of sample.entries()) {
    const [even = 0, odd = 0] = zeros;
    if (byte === 0) zeros = index % 2 === 0 ? [even + 1, odd] : [even, odd + 1];
  }
  return Math.max(...zeros) > sample.length * 0.2 && Math.min(...zeros) < sample.length * 0.025;
}

const startsWith = (sample: Buffer, magic: Buffer): boolean => sample.subarray(0, magic.length).equals(magic);
