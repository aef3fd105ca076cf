import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Writable } from 'node:stream';

export { table } from '#libs/console';

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
