import { isAscii, isUtf8 } from 'node:buffer';
import { recogniseLegacy } from '#libs/domain/identity';
import { chunksOf } from './bytes.ts';
import type { FileEncoding } from './encoding.ts';
import type { FileBounds } from './file-bounds.ts';
import { FileRefusedError } from './file-errors.ts';
import { isWindows1258 } from './windows-1258.ts';

/** What a text file is encoded in. */
export interface DetectedEncoding {
  readonly encoding: FileEncoding;
  /** Some lines of a UTF-8 file hold other bytes: each line has to be looked at. */
  readonly checkLines: boolean;
}

/** A chunk that is valid UTF-8 and more than ASCII counts as so many characters: they are not counted one by one. */
const VALID_CHUNK_WEIGHT = 1_000;
const LONGEST_SEQUENCE = 4;
/** With so many bytes of another encoding, most of what is not ASCII, the rest need not be looked at. */
const CLEARLY_FOREIGN_BYTES = 1_000_000;

/**
 * Tells a text file's encoding, reading it once. Throws `FileRefusedError` (`unknown-encoding`) unless it is UTF-8 or UTF-16, or a
 * legacy encoding for certain: nothing is ever loaded as garbage.
 */
export async function detectEncoding(path: string, sample: Buffer, bounds: FileBounds): Promise<DetectedEncoding> {
  const utf16 = utf16Of(sample);
  if (utf16 !== undefined) return { encoding: utf16, checkLines: false };
  const { characters, foreignBytes, foreign } = await scanUtf8(path, bounds);
  if (foreignBytes === 0) return { encoding: 'utf-8', checkLines: false };
  // By chance, hardly any bytes of another encoding are UTF-8: where most are, it is a UTF-8 file with damaged lines.
  if (foreignBytes <= characters) return { encoding: 'utf-8', checkLines: true };
  const legacy = legacyOf(foreign);
  if (legacy !== undefined) return { encoding: legacy, checkLines: false };
  throw new FileRefusedError(
    'unknown-encoding',
    'The file is not UTF-8 or UTF-16, and its encoding can’t be told for certain. Save it as UTF-8, or state its encoding: windows-1258, tcvn3 or vni.',
  );
}

/** UTF-16 by its mark, or, without one, by the zero byte that every second byte of mostly Latin text is. */
function utf16Of(sample: Buffer): FileEncoding | undefined {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  let even = 0;
  let odd = 0;
  for (const [index, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  const half = sample.length / 2;
  if (odd > half * 0.4 && even < half * 0.05) return 'utf-16le';
  if (even > half * 0.4 && odd < half * 0.05) return 'utf-16be';
  return undefined;
}

/**
 * Checks an encoding that was stated against the file: a mark of UTF-16 wins over what was said, and text that is plainly UTF-8 is not read
 * as something else. Throws `FileRefusedError` (`unknown-encoding`).
 */
export async function checkStatedEncoding(
  path: string,
  sample: Buffer,
  stated: FileEncoding,
  bounds: FileBounds,
): Promise<DetectedEncoding> {
  if (stated === 'utf-8') return { encoding: stated, checkLines: true };
  if (stated === 'utf-16le' || stated === 'utf-16be') return { encoding: utf16Of(sample) ?? stated, checkLines: false };
  const { characters, foreignBytes } = await scanUtf8(path, bounds);
  if (characters === 0 || foreignBytes > 0) return { encoding: stated, checkLines: false };
  throw new FileRefusedError(
    'unknown-encoding',
    `The file is said to be ${stated}, and it is UTF-8. Leave the encoding out.`,
  );
}

interface Utf8Scan {
  readonly characters: number;
  readonly foreignBytes: number;
  /** The first chunk that is not all UTF-8. */
  readonly foreign: Buffer;
}

async function scanUtf8(path: string, bounds: FileBounds): Promise<Utf8Scan> {
  let characters = 0;
  let foreignBytes = 0;
  let foreign: Buffer = Buffer.alloc(0);
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunksOf(path, bounds.chunkBytes)) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const whole = bytes.subarray(0, bytes.length - unfinishedLength(bytes));
    rest = Buffer.from(bytes.subarray(whole.length));
    if (isUtf8(whole)) {
      if (!isAscii(whole)) characters += VALID_CHUNK_WEIGHT;
      continue;
    }
    if (foreignBytes === 0) foreign = whole;
    const counted = countSequences(whole);
    characters += counted.characters;
    foreignBytes += counted.foreignBytes;
    if (foreignBytes > CLEARLY_FOREIGN_BYTES && foreignBytes > characters) break;
  }
  foreignBytes += rest.length;
  if (foreign.length === 0) foreign = rest;
  return { characters, foreignBytes, foreign };
}

/** How many bytes at the end may be the beginning of a character that goes on in the next chunk. */
function unfinishedLength(bytes: Buffer): number {
  for (let back = 1; back < LONGEST_SEQUENCE && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

const sequenceLength = (first: number): number => (first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1);

function countSequences(bytes: Buffer): { characters: number; foreignBytes: number } {
  let characters = 0;
  let foreignBytes = 0;
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    const length = sequenceLength(byte);
    if (byte < 0x80) at += 1;
    else if (length > 1 && isUtf8(bytes.subarray(at, at + length))) {
      characters += 1;
      at += length;
    } else {
      foreignBytes += 1;
      at += 1;
    }
  }
  return { characters, foreignBytes };
}

function legacyOf(bytes: Buffer): FileEncoding | undefined {
  const recognised = recogniseLegacy(bytes.toString('latin1'));
  const windows1258 = isWindows1258(bytes);
  if (recognised === 'tcvn3' || recognised === 'vni') return windows1258 ? undefined : recognised;
  return windows1258 ? 'windows-1258' : undefined;
}
