import type { TextLine } from './text-lines.ts';

/** What reading one CSV row from a line on came to. */
export type CsvRow =
  | { readonly kind: 'row'; readonly cells: readonly string[]; readonly lines: number }
  /** The quotation marks are not closed yet: with another line it may be one. */
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'broken' };

const QUOTE = '"';

/**
 * Reads the row that begins with the line at `from`. A value in quotation marks may hold delimiters, line breaks and doubled
 * quotation marks; a quotation mark inside a value without them is taken as it stands.
 */
export function readCsvRow(lines: readonly TextLine[], from: number, delimiter: string): CsvRow {
  let at = from;
  let text = lines[at]?.text ?? '';
  if (!text.includes(QUOTE)) return { kind: 'row', cells: text.split(delimiter), lines: 1 };
  const cells: string[] = [];
  let place = 0;
  for (;;) {
    if (text[place] !== QUOTE) {
      const end = text.indexOf(delimiter, place);
      if (end < 0) {
        cells.push(text.slice(place));
        return { kind: 'row', cells, lines: at - from + 1 };
      }
      cells.push(text.slice(place, end));
      place = end + delimiter.length;
      continue;
    }
    let value = '';
    place += 1;
    for (;;) {
      const end = text.indexOf(QUOTE, place);
      if (end < 0) {
        const next = lines[at + 1];
        if (next === undefined) return { kind: 'unfinished' };
        if (next.problem !== undefined) return { kind: 'broken' };
        value += `${text.slice(place)}\n`;
        text = next.text;
        at += 1;
        place = 0;
        continue;
      }
      value += text.slice(place, end);
      place = end + 1;
      if (text[place] !== QUOTE) break;
      value += QUOTE;
      place += 1;
    }
    cells.push(value);
    if (place >= text.length) return { kind: 'row', cells, lines: at - from + 1 };
    if (!text.startsWith(delimiter, place)) return { kind: 'broken' };
    place += delimiter.length;
  }
}
