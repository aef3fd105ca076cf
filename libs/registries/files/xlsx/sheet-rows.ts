import type { FileBounds } from '../file-bounds.ts';
import { isBlankRow, type Cell, type TableRow } from '../table.ts';
import { numberCell } from './number-cell.ts';
import { createXmlReader, type XmlHandler } from './read-xml.ts';
import type { SharedTexts } from './shared-texts.ts';
import type { NumberStyle } from './styles.ts';
import { unescapeText } from './unescape-text.ts';

/** What the cells of a sheet refer to. */
export interface SheetContext {
  readonly texts: SharedTexts;
  readonly styles: readonly NumberStyle[];
  readonly date1904: boolean;
}

const PLAIN: NumberStyle = { kind: 'plain' };

/** Rows of a sheet, in batches; rows without any value are passed over. A formula counts with the value that was last worked out. */
export async function* sheetRows(
  chunks: AsyncIterable<string>,
  context: SheetContext,
  bounds: FileBounds,
): AsyncGenerator<readonly TableRow[]> {
  let rows: TableRow[] = [];
  const reader = createXmlReader(
    sheetHandler(context, bounds, (row) => rows.push(row)),
    bounds.maxCellCharacters,
  );
  for await (const chunk of chunks) {
    reader.write(chunk);
    if (rows.length === 0) continue;
    yield rows;
    rows = [];
  }
  reader.end();
  if (rows.length > 0) yield rows;
}

function sheetHandler(context: SheetContext, bounds: FileBounds, emit: (row: TableRow) => void): XmlHandler {
  let line = 0;
  let cells: Cell[] = [];
  let tooMany = 0;
  let characters = 0;
  let column = 0;
  let type = 'n';
  let style = PLAIN;
  let value = '';
  let inValue = false;
  let inReading = false;

  function finishCell(): void {
    const cell = cellOf(context, type, style, value);
    if (cell === '') return;
    characters += value.length + (typeof cell === 'string' ? cell.length : 0);
    if (characters > bounds.maxLineBytes) {
      cells = [];
      return;
    }
    if (column >= bounds.maxColumns) {
      tooMany = column + 1;
      return;
    }
    while (cells.length < column) cells.push('');
    cells[column] = cell;
  }

  function finishRow(): void {
    if (characters > bounds.maxLineBytes)
      emit({ line, text: '', code: 'line-too-long', shape: `row of ${characters} characters` });
    else if (tooMany > 0) emit({ line, text: '', code: 'too-many-columns', shape: `a value in column ${tooMany}` });
    else if (!isBlankRow(cells)) emit({ line, cells });
  }

  return {
    open(name, attributes) {
      if (name === 'row') {
        const stated = Number(attributes['r']);
        line = Number.isSafeInteger(stated) && stated > 0 ? stated : line + 1;
        cells = [];
        tooMany = 0;
        characters = 0;
        column = -1;
      } else if (name === 'c') {
        column = columnOf(attributes['r']) ?? column + 1;
        type = attributes['t'] ?? 'n';
        style = context.styles[Number(attributes['s'] ?? 0)] ?? PLAIN;
        value = '';
      } else if (name === 'rPh') inReading = true;
      else if (name === 'v' || name === 't') inValue = !inReading;
    },
    text(text) {
      if (inValue) value += text;
    },
    close(name) {
      if (name === 'v' || name === 't') inValue = false;
      else if (name === 'rPh') inReading = false;
      else if (name === 'c') finishCell();
      else if (name === 'row') finishRow();
    },
  };
}

function cellOf({ texts, date1904 }: SheetContext, type: string, style: NumberStyle, value: string): Cell {
  switch (type) {
    case 's':
      return texts.get(Number(value)) ?? '';
    case 'b':
      return value === '' ? '' : value === '1' ? 'true' : 'false';
    case 'e':
      return { kind: 'error' };
    case 'd':
      return isoCell(value);
    case 'inlineStr':
    case 'str':
      return unescapeText(value);
    default:
      return numberCell(value, style, date1904);
  }
}

function isoCell(value: string): Cell {
  const parts = /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2}:[0-9]{2}:[0-9]{2}))?/.exec(value);
  const date = parts?.[1];
  const time = parts?.[2];
  if (date === undefined) return value;
  return time === undefined || time === '00:00:00' ? { kind: 'date', date } : { kind: 'date', date, time };
}

/** The place of a cell in its row, from 0, by its name (`AB12`). */
function columnOf(name: string | undefined): number | undefined {
  const letters = name === undefined ? undefined : /^[A-Z]{1,3}/.exec(name)?.[0];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
