import { openPromise, type Entry, type ZipFile } from 'yauzl';
import type { FileBounds } from '../file-bounds.ts';
import { FileRefusedError } from '../file-errors.ts';

/** The parts of a workbook, which is a ZIP archive of XML files. */
export interface WorkbookParts {
  has(name: string): boolean;
  /** The text of a part in chunks, which may be long or not. Throws `FileRefusedError` (`broken-workbook`, `zip-bomb`). */
  read(name: string, long?: 'long'): AsyncGenerator<string>;
  close(): void;
}

/** Parts smaller than this are never suspected, however well they are packed. */
const HARMLESS_BYTES = 4_194_304;
const MAX_ENTRIES = 10_000;
/** Parts that are not a sheet or its texts are held in memory. */
const MAX_SHORT_PART_BYTES = 16_777_216;

/** Opens an archive and looks at what it says of its parts; what is unpacked later is held to it. */
export async function openParts(path: string, bounds: FileBounds): Promise<WorkbookParts> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }).catch(broken);
  try {
    const entries = await entriesOf(zip);
    let unpackedBytes = 0;
    return {
      has: (name) => entries.has(name),
      close: () => zip.close(),
      async *read(name, long) {
        const entry = entries.get(name);
        if (entry === undefined) throw notAWorkbook(`its part ${name} is missing`);
        checkGrowth(entry, bounds);
        if (long === undefined && entry.uncompressedSize > MAX_SHORT_PART_BYTES)
          throw zipBomb('parts of a size that they never have');
        unpackedBytes += entry.uncompressedSize;
        if (unpackedBytes > bounds.maxUnpackedBytes) throw zipBomb(`more than ${bounds.maxUnpackedBytes} bytes`);
        yield* textOf(zip, entry);
      },
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= MAX_ENTRIES) throw zipBomb(`more than ${MAX_ENTRIES} parts`);
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    broken(error);
  }
  return entries;
}

function checkGrowth({ compressedSize, uncompressedSize }: Entry, { maxUnpackRatio }: FileBounds): void {
  if (uncompressedSize <= HARMLESS_BYTES || uncompressedSize <= compressedSize * maxUnpackRatio) return;
  throw zipBomb(`more than ${maxUnpackRatio} times its size`);
}

async function* textOf(zip: ZipFile, entry: Entry): AsyncGenerator<string> {
  try {
    const stream = await zip.openReadStreamPromise(entry);
    stream.setEncoding('utf8');
    for await (const chunk of stream) yield String(chunk);
  } catch (error) {
    broken(error);
  }
}

const zipBomb = (size: string): FileRefusedError =>
  new FileRefusedError('zip-bomb', `The workbook would grow to ${size} when unpacked: it is not opened.`);

export const notAWorkbook = (why: string, cause?: unknown): FileRefusedError =>
  new FileRefusedError(
    'broken-workbook',
    `The file is not a workbook that can be read: ${why}. Save it again as .xlsx or as CSV.`,
    {
      cause,
    },
  );

function broken(error: unknown): never {
  if (error instanceof FileRefusedError) throw error;
  throw notAWorkbook('its archive is damaged', error);
}
