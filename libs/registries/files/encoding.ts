import { decodeTcvn3, decodeVni } from '#libs/domain/identity';
import { decodeWindows1258 } from './windows-1258.ts';

/** The encodings that files may be in. */
export const FILE_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1258', 'tcvn3', 'vni'] as const;
export type FileEncoding = (typeof FILE_ENCODINGS)[number];

/** Another name for an encoding, as people write it; undefined when it is none that is known. */
export function encodingNamed(name: string): FileEncoding | undefined {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return FILE_ENCODINGS.find((encoding) => encoding.replace(/[^a-z0-9]/g, '') === plain) ?? OTHER_NAMES.get(plain);
}

const OTHER_NAMES: ReadonlyMap<string, FileEncoding> = new Map([
  ['utf8', 'utf-8'],
  ['utf16', 'utf-16le'],
  ['cp1258', 'windows-1258'],
  ['win1258', 'windows-1258'],
  ['abc', 'tcvn3'],
  ['tcvn', 'tcvn3'],
  ['tcvn57121', 'tcvn3'],
  ['vniwin', 'vni'],
]);

const cp1252 = new TextDecoder('windows-1252');

/** Decodes whole lines of an encoding. UTF-16 is turned into UTF-8 before lines are told apart. */
export function decodeBytes(encoding: FileEncoding, bytes: Buffer): string {
  switch (encoding) {
    case 'utf-8':
    case 'utf-16le':
    case 'utf-16be':
      return bytes.toString('utf8');
    case 'windows-1258':
      return decodeWindows1258(bytes);
    case 'tcvn3':
      return decodeTcvn3(bytes.toString('latin1'));
    case 'vni':
      return decodeVni(cp1252.decode(bytes));
  }
}

/**
 * Turns UTF-16 into UTF-8, chunk by chunk. Half a character pair has no form in UTF-8: a NUL takes its place, which keeps the row that
 * it stands in out.
 */
export async function* utf16ToUtf8(chunks: AsyncIterable<Buffer>, bigEndian: boolean): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let end = bytes.length - (bytes.length % 2);
    const lastUnit = end < 2 ? 0 : bigEndian ? bytes.readUInt16BE(end - 2) : bytes.readUInt16LE(end - 2);
    if (lastUnit >= 0xd800 && lastUnit <= 0xdbff) end -= 2;
    rest = Buffer.from(bytes.subarray(end));
    yield toUtf8(bytes.subarray(0, end), bigEndian);
  }
  if (rest.length > 0) yield Buffer.from('\0');
}

function toUtf8(bytes: Buffer, bigEndian: boolean): Buffer {
  const text = (bigEndian ? Buffer.from(bytes).swap16() : bytes).toString('utf16le');
  return Buffer.from(text.isWellFormed() ? text : text.replace(LONE_SURROGATE, '\0'));
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
