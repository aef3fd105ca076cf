import { isUtf8 } from 'node:buffer';
import type { ReasonCode } from '../validation/index.ts';
import { chunksOf, type ReadMeter } from './bytes.ts';
import type { DetectedEncoding } from './detect-encoding.ts';
import { decodeBytes, utf16ToUtf8 } from './encoding.ts';
import type { FileBounds } from './file-bounds.ts';
import { LINE_FEED, LineSplitter, type Line } from './lines.ts';

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
  const inOne = (wide || encoding === 'utf-8') && !checkLines;
  const splitter = new LineSplitter(bounds);

  function textLine(line: Line): TextLine {
    const { number } = line;
    const problem = problemOf(line, checkLines);
    const held = problem === undefined ? line.bytes : line.bytes.subarray(0, bounds.maxKeptCharacters);
    const decoded = decodeBytes(encoding, held);
    const text = number === 1 && decoded.startsWith(BYTE_ORDER_MARK) ? decoded.slice(1) : decoded;
    return problem === undefined ? { number, text } : { number, text, problem };
  }

  for await (const chunk of bytes) {
    const first = chunk.indexOf(LINE_FEED) + 1;
    const end = chunk.lastIndexOf(LINE_FEED) + 1;
    if (inOne && end > first && end - first <= bounds.maxLineBytes) {
      yield splitter.push(chunk.subarray(0, first)).map(textLine);
      yield decodedLines(chunk.subarray(first, end - 1), splitter);
      splitter.push(chunk.subarray(end));
    } else {
      const lines = splitter.push(chunk).map(textLine);
      if (lines.length > 0) yield lines;
    }
  }
  const last = splitter.end();
  if (last !== undefined) yield [textLine(last)];
}

/** Whole lines of sound UTF-8, decoded in one go: their texts are parts of one, which costs less than each by itself. */
function decodedLines(bytes: Buffer, splitter: LineSplitter): TextLine[] {
  const texts = bytes.toString('utf8').split('\n');
  const first = splitter.count(texts.length);
  return texts.map((text, index) => ({
    number: first + index,
    text: text.endsWith('\r') ? text.slice(0, -1) : text,
  }));
}

function problemOf({ bytes, cut, length }: Line, checkLines: boolean): TextLine['problem'] {
  if (cut) return { code: 'line-too-long', shape: `line of ${length} bytes` };
  if (checkLines && !isUtf8(bytes)) return { code: 'bad-encoding', shape: `line of ${length} bytes` };
  return undefined;
}
