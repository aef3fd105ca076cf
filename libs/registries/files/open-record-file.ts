import { basename } from 'node:path';
import { definitionOfFileName, DEFINITIONS, findDefinition, type RecordDefinition } from '../definitions/index.ts';
import type { Row } from '../intake/index.ts';
import { openForReading, ReadMeter } from './bytes.ts';
import { columnsOf } from './columns.ts';
import { csvRows } from './csv.ts';
import { checkStatedEncoding, detectEncoding } from './detect-encoding.ts';
import type { FileEncoding } from './encoding.ts';
import { DEFAULT_FILE_BOUNDS, type FileBounds } from './file-bounds.ts';
import { FileRefusedError } from './file-errors.ts';
import { kindOfFile, type FileKind } from './file-kind.ts';
import { groupedRows } from './group-rows.ts';
import { jsonRows } from './jsonl.ts';
import type { TableRow } from './table.ts';
import { recordRows } from './table-rows.ts';
import { textLinesOf } from './text-lines.ts';
import { openSheet } from './xlsx/index.ts';

export interface OpenFileOptions {
  /** The name to go by when the file itself is called otherwise, as an upload is. */
  readonly fileName?: string;
  /** What the file holds; without both of them the file's name tells. */
  readonly registry?: string;
  readonly record?: string;
  /** What the file is encoded in; without it the file's bytes tell, or it is refused. */
  readonly encoding?: FileEncoding;
  readonly bounds?: Partial<FileBounds>;
}

/** A file of records, ready to be read once. */
export interface RecordFile {
  readonly fileName: string;
  readonly definition: RecordDefinition;
  readonly kind: FileKind;
  /** Of a text file. */
  readonly encoding?: FileEncoding;
  /** What was passed over, in words. */
  readonly notes: readonly string[];
  /** How far it has been read, in bytes; a workbook is counted as a whole at its end. */
  readonly progress: { readonly totalBytes: number; readonly readBytes: number };
  /** Batches of rows. Throws `FileRefusedError` where the refusal shows only in reading. */
  readonly rows: AsyncIterable<readonly Row[]>;
}

const SAMPLE_BYTES = 65_536;

/**
 * Opens a file of records: JSON lines, CSV or XLSX, in UTF-8, UTF-16 or a legacy encoding. Throws `FileRefusedError` when it can't be taken
 * in at all; a row that can't be read comes among the rows, with its reasons.
 */
export async function openRecordFile(path: string, options: OpenFileOptions = {}): Promise<RecordFile> {
  const fileName = options.fileName ?? basename(path);
  const bounds = { ...DEFAULT_FILE_BOUNDS, ...options.bounds };
  const { sample, size } = await sampleOf(path);
  const definition = definitionFor(fileName, options);
  const kind = kindOfFile(fileName, sample);
  const meter = new ReadMeter(size);
  const common = { fileName, definition, kind, progress: meter };
  if (kind === 'xlsx') {
    const { rows, otherSheets } = await openSheet(path, bounds);
    const notes =
      otherSheets.length === 0 ? [] : [`Only the first sheet is read, not the ${otherSheets.length} behind it.`];
    return { ...common, notes, rows: tableRecords(definition, metered(rows, meter), bounds) };
  }
  const { encoding } = options;
  const detected =
    encoding === undefined
      ? await detectEncoding(path, sample, bounds)
      : await checkStatedEncoding(path, sample, encoding, bounds);
  const lines = textLinesOf(path, detected, bounds, meter);
  const isKnown = (header: string): boolean => columnsOf(definition).find(header) !== undefined;
  const rows =
    kind === 'jsonl' ? jsonRows(lines, bounds) : tableRecords(definition, csvRows(lines, isKnown, bounds), bounds);
  return { ...common, encoding: detected.encoding, notes: [], rows };
}

function tableRecords(
  definition: RecordDefinition,
  table: AsyncIterable<readonly TableRow[]>,
  bounds: FileBounds,
): AsyncIterable<readonly Row[]> {
  const rows = recordRows(definition, table);
  return definition.grouping === undefined ? rows : groupedRows(definition, definition.grouping, rows, bounds);
}

async function* metered<T>(rows: AsyncIterable<T>, meter: ReadMeter): AsyncGenerator<T> {
  yield* rows;
  meter.add(meter.totalBytes);
}

function definitionFor(fileName: string, { registry, record }: OpenFileOptions): RecordDefinition {
  if (record !== undefined) {
    const definition = findDefinition(record, registry);
    if (definition !== undefined) return definition;
    const where = registry === undefined ? '' : ` of ${registry}`;
    throw new FileRefusedError('unknown-record', `There is no record type ${record}${where}.`);
  }
  const definition = definitionOfFileName(fileName) ?? onlyDefinitionOf(registry);
  if (definition !== undefined && (registry === undefined || definition.registry === registry)) return definition;
  throw new FileRefusedError(
    'unknown-record',
    'The file’s name does not tell what it holds. Call it like residents.jsonl or enterprises.csv, or state registry and record.',
  );
}

function onlyDefinitionOf(registry: string | undefined): RecordDefinition | undefined {
  const kept = DEFINITIONS.filter((definition) => definition.registry === registry);
  return kept.length === 1 ? kept[0] : undefined;
}

async function sampleOf(path: string): Promise<{ sample: Buffer; size: number }> {
  const file = await openForReading(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, 0);
    return { sample: buffer.subarray(0, bytesRead), size };
  } finally {
    await file.close();
  }
}
