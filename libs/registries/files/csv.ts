import type { FileBounds } from './file-bounds.ts';
import { readCsvRow } from './csv-row.ts';
import type { TableRow } from './table.ts';
import { isBlankRow } from './table.ts';
import type { TextLine } from './text-lines.ts';

const DELIMITERS = [',', ';', '\t'] as const;
const DELIMITER_LINE = /^sep=(.)$/i;
/** How spreadsheets are told to keep a value as text: `="001080000001"`. */
const KEPT_AS_TEXT = /^="([^"]*)"$/;

/** Chooses the delimiter by which most columns of a header line are known; without any, the most frequent. */
export function delimiterOf(header: string, isKnown: (name: string) => boolean): string {
  let best: { delimiter: string; known: number; columns: number } = { delimiter: ',', known: -1, columns: 0 };
  for (const delimiter of DELIMITERS) {
    const row = readCsvRow([{ number: 1, text: header }], 0, delimiter);
    if (row.kind !== 'row') continue;
    const known = row.cells.filter(isKnown).length;
    const columns = row.cells.length;
    if (known > best.known || (known === best.known && columns > best.columns)) best = { delimiter, known, columns };
  }
  return best.delimiter;
}

/**
 * Rows of a CSV file, in batches. A quotation mark that is never closed, or closes in the middle of a value, costs only the line
 * that it stands on: reading goes on with the next one. `columns` is told the header and answers how many columns it has.
 */
export async function* csvRows(
  batches: AsyncIterable<readonly TextLine[]>,
  isKnown: (name: string) => boolean,
  bounds: FileBounds,
): AsyncGenerator<readonly TableRow[]> {
  let delimiter: string | undefined;
  let columns: number | undefined;
  let waiting: TextLine[] = [];

  function read(ended: boolean): TableRow[] {
    const rows: TableRow[] = [];
    let at = 0;
    for (;;) {
      const line = waiting[at];
      if (line === undefined) break;
      const { number, text, problem } = line;
      if (problem !== undefined) {
        rows.push({ line: number, text, ...problem });
        at += 1;
        continue;
      }
      const stated = delimiter === undefined ? DELIMITER_LINE.exec(text)?.[1] : undefined;
      if (stated !== undefined || text === '') {
        delimiter = stated ?? delimiter;
        at += 1;
        continue;
      }
      delimiter ??= delimiterOf(text, isKnown);
      const lines = linesWithin(waiting, at, bounds);
      const row = readCsvRow(lines, 0, delimiter);
      if (
        row.kind === 'unfinished' &&
        !ended &&
        at + lines.length === waiting.length &&
        lines.length < bounds.maxLinesPerRow
      )
        break;
      const spansRows = row.kind === 'row' && row.lines > 1 && columns !== undefined && row.cells.length !== columns;
      if (row.kind !== 'row' || spansRows) {
        rows.push({
          line: number,
          text: text.slice(0, bounds.maxKeptCharacters),
          code: 'broken-quotes',
          shape: `line of ${text.length}`,
        });
        at += 1;
        continue;
      }
      const cells = row.cells.map((cell) => KEPT_AS_TEXT.exec(cell)?.[1] ?? cell);
      at += row.lines;
      if (isBlankRow(cells)) continue;
      columns ??= cells.length;
      rows.push({ line: number, cells });
    }
    waiting = waiting.slice(at);
    return rows;
  }

  for await (const lines of batches) {
    waiting = waiting.length === 0 ? [...lines] : [...waiting, ...lines];
    const rows = read(false);
    if (rows.length > 0) yield rows;
  }
  const rows = read(true);
  if (rows.length > 0) yield rows;
}

/** As many of the waiting lines as one row may span. */
function linesWithin(waiting: readonly TextLine[], from: number, bounds: FileBounds): readonly TextLine[] {
  const [first] = waiting.slice(from, from + 1);
  if (first?.text.includes('"') !== true) return first === undefined ? [] : [first];
  let characters = 0;
  let to = from;
  while (to < waiting.length && to - from < bounds.maxLinesPerRow) {
    characters += waiting[to]?.text.length ?? 0;
    if (characters > bounds.maxLineBytes && to > from) break;
    to += 1;
  }
  return waiting.slice(from, to);
}
