import type { Row } from '../intake/index.ts';
import { reason, WHOLE_ROW } from '../validation/index.ts';
import type { FileBounds } from './file-bounds.ts';
import type { TextLine } from './text-lines.ts';

/** Rows that are held as objects at once: the next ones are made of their texts when these have been taken. */
const ROWS_AT_ONCE = 100;

/** Rows of JSON lines. Blank lines are passed over; a line that is no JSON becomes a row with the reason, and only that line. */
export async function* jsonRows(
  batches: AsyncIterable<readonly TextLine[]>,
  bounds: FileBounds,
): AsyncGenerator<readonly Row[]> {
  for await (const lines of batches) {
    let rows: Row[] = [];
    for (const line of lines) {
      const row = rowOf(line, bounds);
      if (row === undefined) continue;
      if (rows.push(row) < ROWS_AT_ONCE) continue;
      yield rows;
      rows = [];
    }
    if (rows.length > 0) yield rows;
  }
}

function rowOf({ number, text, problem }: TextLine, bounds: FileBounds): Row | undefined {
  if (problem !== undefined) return badLine({ number, text }, problem.code, problem.shape);
  try {
    return { line: number, raw: JSON.parse(text) as unknown, text, size: text.length };
  } catch {
    if (text.trim() === '') return undefined;
    const kept = { number, text: text.slice(0, bounds.maxKeptCharacters) };
    return badLine(kept, 'broken-json', `line of ${text.length}`);
  }
}

/** A row of which only the text is known. */
export function badLine(
  { number, text }: Pick<TextLine, 'number' | 'text'>,
  code: Parameters<typeof reason>[1],
  shape: string,
): Row {
  return { line: number, raw: text, reasons: [reason(WHOLE_ROW, code, shape)] };
}
