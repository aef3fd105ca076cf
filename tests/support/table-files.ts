import { writeFile } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import writeXlsxFile from 'write-excel-file/node';
import { jsonl } from './data.ts';

export type FileFormat = 'jsonl' | 'csv' | 'xlsx';

/** Writes records as a file of this format; in a table their columns are dotted paths (`representatives.0.fullName`). */
export async function writeRecords(path: string, format: FileFormat, records: readonly object[]): Promise<void> {
  if (format === 'jsonl') return writeFile(path, jsonl(records));
  const rows = records.map((record) => new Map(cellsOf(record)));
  const header = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const table = [header, ...rows.map((row) => header.map((column) => row.get(column) ?? ''))];
  if (format === 'csv') return writeFile(path, stringify(table));
  const cells = table.map((row) => row.map((value) => (value === '' ? null : { value, type: String })));
  return writeFile(path, await writeXlsxFile(cells).toBuffer());
}

function cellsOf(value: object, path = ''): [column: string, text: string][] {
  return Object.entries(value).flatMap(([name, part]: [string, unknown]): [string, string][] => {
    const here = `${path}${name}`;
    if (typeof part === 'object' && part !== null) return cellsOf(part, `${here}.`);
    return typeof part === 'string' || typeof part === 'boolean' ? [[here, String(part)]] : [];
  });
}
