import { isUtf8 } from 'node:buffer';
import type { ReasonCode } from '../validation/index.ts';
import { chunksOf, type ReadMeter } from './bytes.ts';
import type { DetectedEncoding } from './detect-encoding.ts';
import { decodeBytes, utf16ToUtf8 } from './encoding.ts';
import type { FileBounds } from './file-bounds.ts';
import { linesOf, type Line } from './lines.ts';

/** One line of a text file. */
export interface TextLine {
  readonly number: number;
  /** Of a line with a problem, only the beginning, as far as it can be read. */
  readonly text: string;
  readonly problem?: { readonly code: ReasonCode; readonly shape: string };
}

const BYTE_ORDER_MARK = '\ufeff';

/** Reads a text file line by line, a batch for each chunk. */
export async function* textLinesOf(
  path: string,
  { encoding, checkLines }: DetectedEncoding,
  bounds: FileBounds,
  meter?: ReadMeter,
): AsyncGenerator<readonly TextLine[]> {
  const chunks = chunksOf(path, bounds.chunkBytes, meter);
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be';
  const bytes = wide ? utf16ToUtf8(chunks, encoding === 'utf-16be') : chunks;
  for await (const lines of linesOf(bytes, bounds)) {
    yield lines.map((line): TextLine => {
      const { number } = line;
      const problem = problemOf(line, checkLines);
      const held = problem === undefined ? line.bytes : line.bytes.subarray(0, bounds.maxKeptCharacters);
      const decoded = decodeBytes(encoding, held);
      const text = number === 1 && decoded.startsWith(BYTE_ORDER_MARK) ? decoded.slice(1) : decoded;
      return problem === undefined ? { number, text } : { number, text, problem };
    });
  }
}

function problemOf({ bytes, cut, length }: Line, checkLines: boolean): TextLine['problem'] {
  if (cut) return { code: 'line-too-long', shape: `line of ${length} bytes` };
  if (checkLines && !isUtf8(bytes)) return { code: 'bad-encoding', shape: `line of ${length} bytes` };
  return undefined;
}
