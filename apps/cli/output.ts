import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

export { table } from '#libs/console';

/** A text from outside as it may stand on a terminal: what would steer the terminal, or turn the line round, shows as a dot. */
export const printable = (text: string): string => text.replace(STEERING, '·');

const STEERING = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Writes lines to a file, or to standard output where none is named, at the pace at which they are taken. */
export function writeLines(file: string | undefined, lines: AsyncIterable<string> | Iterable<string>): Promise<number> {
  return writeItems(file, lines, (batch) => batch.map((line) => `${line}\n`).join(''));
}

/** Few large writes cost less than many small ones. */
const BATCH_ITEMS = 500;

/** Writes items, some at a time as one text, and tells how many there were. Rejects when the file can't be written. */
export async function writeItems<T>(
  file: string | undefined,
  items: AsyncIterable<T> | Iterable<T>,
  textOf: (batch: readonly T[], isFirst: boolean) => string,
): Promise<number> {
  let count = 0;
  async function* texts(): AsyncGenerator<string> {
    let batch: T[] = [];
    let isFirst = true;
    for await (const item of items) {
      count += 1;
      batch.push(item);
      if (batch.length < BATCH_ITEMS) continue;
      yield textOf(batch, isFirst);
      isFirst = false;
      batch = [];
    }
    if (batch.length > 0 || isFirst) yield textOf(batch, isFirst);
  }
  if (file === undefined) await pipeline(texts, process.stdout, { end: false });
  else await pipeline(texts, createWriteStream(file, { mode: READABLE_BY_OWNER }));
  return count;
}

/** What is written out holds personal values. */
export const READABLE_BY_OWNER = 0o600;

/** `1 verdict`, `1,797 verdicts` */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** What a person follows while they wait goes to standard error, so that a pipe gets results only. */
export const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
