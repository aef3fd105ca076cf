import { mkdir, open, readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outcome } from '#contracts/verdicts';
import { BLOCK_SIZE } from './block.ts';
import type { GeneratedItem, SeededRecord } from './items.ts';
import { generateProvince, SeedError, type ProvinceOptions } from './province.ts';
import type { VariationName } from './variations/index.ts';

/** Names of the files in which a province is written: the record types in the plural, and the truth. */
export const PROVINCE_FILES = {
  resident: 'residents.jsonl',
  enterprise: 'enterprises.jsonl',
  taxpayer: 'taxpayers.jsonl',
  birth: 'births.jsonl',
  death: 'deaths.jsonl',
  marriage: 'marriages.jsonl',
  truth: 'truth.jsonl',
} as const satisfies Record<SeededRecord | 'truth', string>;

type Kind = keyof typeof PROVINCE_FILES;

export interface WriteProvinceOptions extends ProvinceOptions {
  /** Where the files go; made if it is not there. */
  readonly directory: string;
  /** Write into a directory that has files; those of an earlier province are replaced. */
  readonly overwrite?: boolean;
  /** Called now and then with the number of residents written, and of all residents. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What was written. */
export interface ProvinceSummary {
  readonly directory: string;
  readonly records: Readonly<Record<SeededRecord, number>>;
  /** Lines of truth by outcome. */
  readonly truth: Readonly<Record<Outcome, number>>;
  /** How often each variation was planted; one that never was is missing. */
  readonly planted: Readonly<Partial<Record<VariationName, number>>>;
  /** Size of all files. */
  readonly bytes: number;
}

/**
 * Writes a province as one JSONL file per record type and `truth.jsonl`, whose lines are in no particular order (sort them
 * with `compareVerdicts`). Nothing is held in memory but one block and a buffer per file.
 *
 * @throws SeedError `SEED_OPTIONS_INVALID`, `SEED_DIRECTORY_NOT_EMPTY`
 */
export async function writeProvince(options: WriteProvinceOptions): Promise<ProvinceSummary> {
  const { directory, overwrite = false, residents, onProgress } = options;
  await mkdir(directory, { recursive: true });
  if (!overwrite && (await readdir(directory)).length > 0) {
    throw new SeedError('SEED_DIRECTORY_NOT_EMPTY', `${directory} is not empty.`);
  }
  const tally = createTally();
  const files = await openFiles(directory);
  try {
    for (const item of generateProvince(options)) {
      const kind = item.kind === 'truth' ? 'truth' : item.record;
      const line = JSON.stringify(item.kind === 'truth' ? item.line : item.content);
      if (files[kind].add(line)) await files[kind].flush();
      tally.count(item);
      if (kind === 'resident' && tally.records.resident % BLOCK_SIZE === 0) {
        onProgress?.(tally.records.resident, residents);
        // Lets the caller's timers and signals through.
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    if (residents % BLOCK_SIZE !== 0) onProgress?.(residents, residents);
    const sizes = await Promise.all(Object.values(files).map((file) => file.finish()));
    const { records, truth, planted } = tally;
    return { directory, records, truth, planted, bytes: sizes.reduce((total, size) => total + size, 0) };
  } finally {
    await Promise.all(Object.values(files).map((file) => file.close()));
  }
}

interface Tally {
  readonly records: Record<SeededRecord, number>;
  readonly truth: Record<Outcome, number>;
  readonly planted: Partial<Record<VariationName, number>>;
  count(item: GeneratedItem): void;
}

function createTally(): Tally {
  const records = { resident: 0, enterprise: 0, taxpayer: 0, birth: 0, death: 0, marriage: 0 };
  const truth = { MATCHED: 0, MISMATCHED: 0, NOT_APPLICABLE: 0 };
  const planted: Partial<Record<VariationName, number>> = {};
  return {
    records,
    truth,
    planted,
    count(item) {
      if (item.kind === 'truth') truth[item.line.outcome] += 1;
      else {
        records[item.record] += 1;
        for (const name of item.planted) planted[name] = (planted[name] ?? 0) + 1;
      }
    },
  };
}

interface LineFile {
  /** Adds a line. @returns whether the buffer is full */
  add(line: string): boolean;
  flush(): Promise<void>;
  /** Writes what is left. @returns the size in bytes */
  finish(): Promise<number>;
  close(): Promise<void>;
}

/** Characters that a file holds back before it writes. */
const BUFFER_CHARACTERS = 1 << 17;

async function openFiles(directory: string): Promise<Record<Kind, LineFile>> {
  const file = async (kind: Kind): Promise<LineFile> =>
    lineFile(await open(join(directory, PROVINCE_FILES[kind]), 'w'));
  return {
    resident: await file('resident'),
    enterprise: await file('enterprise'),
    taxpayer: await file('taxpayer'),
    birth: await file('birth'),
    death: await file('death'),
    marriage: await file('marriage'),
    truth: await file('truth'),
  };
}

function lineFile(handle: FileHandle): LineFile {
  let lines = '';
  let bytes = 0;
  const flush = async (): Promise<void> => {
    const buffer = Buffer.from(lines);
    lines = '';
    bytes += buffer.length;
    await handle.appendFile(buffer);
  };
  return {
    add(line) {
      lines += line;
      lines += '\n';
      return lines.length >= BUFFER_CHARACTERS;
    },
    flush,
    finish: async () => {
      await flush();
      return bytes;
    },
    close: () => handle.close(),
  };
}
