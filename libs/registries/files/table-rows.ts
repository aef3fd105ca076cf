import type { QuarantineReason } from '#contracts/events';
import type { RecordDefinition } from '../definitions/index.ts';
import type { Row } from '../intake/index.ts';
import { reason, WHOLE_ROW } from '../validation/index.ts';
import { columnsOf, type ColumnTarget } from './columns.ts';
import { FileRefusedError } from './file-errors.ts';
import type { Cell, TableRow } from './table.ts';

type RawObject = Record<string, unknown>;

/** One column of a file's table. */
interface Column {
  readonly header: string;
  readonly target: ColumnTarget | undefined;
}

/** What stands for a cell with an error, in a column that is none of the record's. */
const ERROR_TEXT = '#N/A';

/** The zone that a workbook's moments are in; a cell has none of its own. */
const WORKBOOK_ZONE = '+07:00';

/**
 * Turns rows of a table into raw records, shaped as JSON lines would shape them. The first row is the header. Throws
 * `FileRefusedError`: `no-known-columns`, `key-column-missing`, and `no-rows` when nothing comes behind the header.
 */
export async function* recordRows(
  definition: RecordDefinition,
  batches: AsyncIterable<readonly TableRow[]>,
): AsyncGenerator<readonly Row[]> {
  let columns: readonly Column[] | undefined;
  let any = false;
  for await (const batch of batches) {
    const rows: Row[] = [];
    for (const row of batch) {
      if ('code' in row)
        rows.push({ line: row.line, raw: row.text, reasons: [reason(WHOLE_ROW, row.code, row.shape)] });
      else if (columns === undefined) columns = headerColumns(definition, row.cells);
      else rows.push(recordRow(columns, row));
    }
    if (rows.length === 0) continue;
    any = true;
    yield rows;
  }
  if (columns === undefined)
    throw new FileRefusedError('empty-file', 'The file is empty. There is nothing to take in.');
  if (!any) throw new FileRefusedError('no-rows', 'The file has a header and no rows. There is nothing to take in.');
}

function headerColumns(definition: RecordDefinition, cells: readonly Cell[]): readonly Column[] {
  const catalogue = columnsOf(definition);
  const columns = cells.map((cell, index): Column => {
    const header = typeof cell === 'string' ? cell.normalize('NFC').trim() : '';
    return {
      header: header === '' ? `column ${index + 1}` : safeName(header, definition),
      target: catalogue.find(header),
    };
  });
  const { record, keyFields } = definition;
  if (columns.every(({ target }) => target === undefined)) {
    throw new FileRefusedError(
      'no-known-columns',
      `None of the column headers is one of a ${record} file. Does the file begin with its header? A template shows the headers.`,
    );
  }
  const missing = keyFields.find(
    (field) => !columns.some(({ target }) => target?.path[0] === field && target.list === undefined),
  );
  if (missing !== undefined) {
    throw new FileRefusedError(
      'key-column-missing',
      `The column ${missing} is missing: without it no row tells which ${record} it is.`,
    );
  }
  return columns;
}

/** An unknown header that happens to name a group of fields, or what every object has, must not be taken for it. */
const safeName = (header: string, { fields }: RecordDefinition): string =>
  header in {} || header in fields ? `(${header})` : header;

function recordRow(columns: readonly Column[], { line, cells }: Extract<TableRow, { cells: unknown }>): Row {
  const raw: RawObject = {};
  const reasons: QuarantineReason[] = [];
  const elements = new Map<string, RawObject>();
  let size = 0;
  for (const [index, cell] of cells.entries()) {
    if (cell === '' || (typeof cell === 'string' && cell.trim() === '')) continue;
    const column = columns[index];
    if (column === undefined) {
      reasons.push(reason(WHOLE_ROW, 'too-many-columns', `${cells.length} values in ${columns.length} columns`));
      break;
    }
    size += typeof cell === 'string' ? cell.length : 0;
    const { header, target } = column;
    // A header is free text: only the names of known fields stand in reasons, which everyone may read.
    if (target === undefined) raw[header] = textOf(cell, target);
    else if (typeof cell === 'object' && cell.kind === 'error') reasons.push(reason(pathName(target), 'cell-error'));
    else if (!put(raw, elements, target, textOf(cell, target)))
      reasons.push(reason(pathName(target), 'columns-disagree'));
  }
  for (const [list, items] of listsOf(elements)) raw[list] = items;
  return reasons.length === 0 ? { line, raw, size } : { line, raw, size, reasons };
}

const pathName = ({ list, path }: ColumnTarget): string =>
  [...(list === undefined ? [] : [list.name]), ...path].join('.');

/** Answers false when another column has put another value there. */
function put(
  raw: RawObject,
  elements: Map<string, RawObject>,
  { list, path, constants }: ColumnTarget,
  text: string,
): boolean {
  let place = raw;
  if (list !== undefined) {
    const id = `${list.name}\0${list.element}`;
    place = elements.get(id) ?? { ...constants };
    elements.set(id, place);
  }
  for (const name of path.slice(0, -1)) {
    const inner = place[name] ?? {};
    place[name] = inner;
    place = inner as RawObject;
  }
  const last = path.at(-1) ?? '';
  if (place[last] !== undefined && place[last] !== text) return false;
  place[last] = text;
  return true;
}

/** The elements of each list, in the order of their columns. */
function listsOf(elements: ReadonlyMap<string, RawObject>): ReadonlyMap<string, RawObject[]> {
  const lists = new Map<string, RawObject[]>();
  for (const [id, element] of elements) {
    const name = id.slice(0, id.indexOf('\0'));
    lists.set(name, [...(lists.get(name) ?? []), element]);
  }
  return lists;
}

function textOf(cell: Cell, target: ColumnTarget | undefined): string {
  if (typeof cell === 'string') return cell;
  if (cell.kind === 'error') return ERROR_TEXT;
  if (target?.kind === 'date') return cell.date;
  if (target?.kind === 'moment') return `${cell.date}T${cell.time ?? '00:00:00'}${WORKBOOK_ZONE}`;
  return cell.time === undefined ? cell.date : `${cell.date} ${cell.time}`;
}
