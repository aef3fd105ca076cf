import { stringify } from 'csv-stringify/sync';
import { writeItems } from './output.ts';

/**
 * Writes rows as CSV that Excel opens as it is meant: with a byte order mark, and with an apostrophe before a text that it
 * would take for a formula. Returns how many rows.
 */
export function writeCsv(
  file: string | undefined,
  header: readonly string[],
  rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
): Promise<number> {
  return writeItems(file, rows, (batch, isFirst) =>
    stringify(isFirst ? [[...header], ...batch.map((row) => [...row])] : batch.map((row) => [...row]), {
      bom: isFirst,
      escape_formulas: true,
    }),
  );
}
