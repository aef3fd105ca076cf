import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Writable } from 'node:stream';

/** Text in columns, as wide as they need to be; numbers to the right. */
export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const text = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell)));
  const widths = header.map((title, column) => Math.max(title.length, ...text.map((row) => row[column]?.length ?? 0)));
  const isNumber = header.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        isNumber[column] === true ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((width) => '─'.repeat(width))), ...text.map(line)].join('\n');
}

/** Writes lines to a file, or to standard output where none is named, at the pace at which they are taken. */
export async function writeLines(
  file: string | undefined,
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<number> {
  const target: Writable = file === undefined ? process.stdout : createWriteStream(file, { flags: 'w' });
  let count = 0;
  for await (const line of lines) {
    count += 1;
    if (!target.write(`${line}\n`)) await once(target, 'drain');
  }
  if (file !== undefined) {
    target.end();
    await finished(target);
  }
  return count;
}

export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** What a person follows while they wait goes to standard error, so that a pipe gets results only. */
export const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
