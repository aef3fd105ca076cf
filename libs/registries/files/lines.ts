/** One line of a file, without its line break. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly bytes: Buffer;
  /** True when the line was longer than allowed; `bytes` is then only its beginning. */
  readonly cut: boolean;
  /** Length of the whole line. */
  readonly length: number;
}

export interface LineBounds {
  readonly maxLineBytes: number;
  /** How much of a longer line is kept. */
  readonly maxKeptCharacters: number;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * Splits chunks into lines that end with LF or CRLF, a batch for each chunk. A line that grows past the bound is dropped while
 * it is read, except for its beginning.
 */
export async function* linesOf(
  chunks: AsyncIterable<Buffer>,
  { maxLineBytes, maxKeptCharacters }: LineBounds,
): AsyncGenerator<readonly Line[]> {
  let number = 0;
  let parts: Buffer[] = [];
  let length = 0;

  function hold(part: Buffer): void {
    length += part.length;
    if (length <= maxLineBytes) parts.push(part);
    else if (parts.length > 0) parts = [Buffer.concat(parts).subarray(0, maxKeptCharacters)];
    else parts = [Buffer.from(part.subarray(0, maxKeptCharacters))];
  }

  function finish(): Line {
    number += 1;
    const [only] = parts;
    const whole = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
    const cut = length > maxLineBytes;
    const bytes = !cut && whole[whole.length - 1] === CARRIAGE_RETURN ? whole.subarray(0, -1) : whole;
    const line = { number, bytes, cut, length };
    parts = [];
    length = 0;
    return line;
  }

  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(LINE_FEED, from);
      if (end < 0) break;
      hold(chunk.subarray(from, end));
      lines.push(finish());
      from = end + 1;
    }
    if (from < chunk.length) hold(chunk.subarray(from));
    if (lines.length > 0) yield lines;
  }
  if (length > 0) yield [finish()];
}
