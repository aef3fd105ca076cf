import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** The records of a JSONL file, in batches. Throws a `SyntaxError` that names the line for one that is not JSON. */
export async function* readJsonl(file: string, batchSize = 2000): AsyncGenerator<readonly unknown[]> {
  let batch: unknown[] = [];
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    line += 1;
    if (text.trim() === '') continue;
    batch.push(parse(text, line));
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function parse(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError(`Line ${line} is not JSON`);
  }
}
