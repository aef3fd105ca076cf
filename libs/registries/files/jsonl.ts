import type { Row } from '../intake/index.ts';
import { reason, WHOLE_ROW } from '../validation/index.ts';
import type { FileBounds } from './file-bounds.ts';
import type { TextLine } from './text-lines.ts';

/** Rows of JSON lines. Blank lines are passed over; a line that is no JSON becomes a row with the reason, and only that line. */
export async function* jsonRows(
  batches: AsyncIterable<readonly TextLine[]>,
  bounds: FileBounds,
): AsyncGenerator<readonly Row[]> {
  for await (const lines of batches) {
    const rows: Row[] = [];
    for (const line of lines) {
      if (line.problem !== undefined) rows.push(badLine(line, line.problem.code, line.problem.shape));
      else if (line.text.length > 0) rows.push(...parsed(line, bounds));
    }
    if (rows.length > 0) yield rows;
  }
}

function parsed({ number, text }: TextLine, bounds: FileBounds): readonly Row[] {
  try {
    return [{ line: number, raw: JSON.parse(text) as unknown, size: text.length }];
  } catch {
    if (text.trim() === '') return [];
    const kept = { number, text: text.slice(0, bounds.maxKeptCharacters) };
    return [badLine(kept, 'broken-json', `line of ${text.length}`)];
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
