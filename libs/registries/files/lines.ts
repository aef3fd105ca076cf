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

export const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * Splits chunks into lines that end with LF or CRLF. A line that grows past the bound is dropped while it is read, except for its
 * beginning.
 */
export class LineSplitter {
  readonly #bounds: LineBounds;
  #number = 0;
  #parts: Buffer[] = [];
  #length = 0;

  constructor(bounds: LineBounds) {
    this.#bounds = bounds;
  }

  /** The lines that end in this chunk. */
  push(chunk: Buffer): Line[] {
    const lines: Line[] = [];
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(LINE_FEED, from);
      if (end < 0) break;
      this.#hold(chunk.subarray(from, end));
      lines.push(this.#finish());
      from = end + 1;
    }
    if (from < chunk.length) this.#hold(chunk.subarray(from));
    return lines;
  }

  /** Counts lines that someone else has read, between two that end in `push`. Answers the first one's number. */
  count(lines: number): number {
    const first = this.#number + 1;
    this.#number += lines;
    return first;
  }

  /** The last line, where no line break ends it. */
  end(): Line | undefined {
    return this.#length > 0 ? this.#finish() : undefined;
  }

  #hold(part: Buffer): void {
    const { maxLineBytes, maxKeptCharacters } = this.#bounds;
    this.#length += part.length;
    if (this.#length <= maxLineBytes) this.#parts.push(part);
    else if (this.#parts.length > 0) this.#parts = [Buffer.concat(this.#parts).subarray(0, maxKeptCharacters)];
    else this.#parts = [Buffer.from(part.subarray(0, maxKeptCharacters))];
  }

  #finish(): Line {
    const [only] = this.#parts;
    const whole = this.#parts.length === 1 && only !== undefined ? only : Buffer.concat(this.#parts);
    const length = this.#length;
    const cut = length > this.#bounds.maxLineBytes;
    const bytes = !cut && whole[whole.length - 1] === CARRIAGE_RETURN ? whole.subarray(0, -1) : whole;
    this.#parts = [];
    this.#length = 0;
    return { number: this.count(1), bytes, cut, length };
  }
}
