import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordType, Registry } from '#contracts/records';
import { REGISTRIES } from '#contracts/records';
import { loadWardsCsv } from '#contracts/rules';
import { openRegistrySource, readJsonl, type MockSource } from '#libs/registries/mock-source';
import { PROVINCE_FILES, writeProvince, type SeededRecord } from '#seeds';

/** The registries of an invented province, each an HTTP service with its own storage. */
export interface Province {
  /** Where each registry's service listens. */
  readonly addresses: Readonly<Record<Registry, string>>;
  counts(): Readonly<Record<Registry, ReturnType<MockSource['counts']>>>;
  close(): Promise<void>;
}

export interface ProvinceInput {
  /** Where the registries keep their storage and the province's files. */
  readonly directory: string;
  /** How many residents an empty province gets; 0 leaves it empty. */
  readonly residents: number;
  readonly seed: number;
  /** The first registry listens on this port, the others on those behind it; without it on any that are free. */
  readonly firstPort?: number;
}

export interface ProvinceStatus {
  readonly step: 'generating' | 'loading';
  readonly done: number;
  readonly total: number;
}

const REGISTRY_NAMES = Object.keys(REGISTRIES) as Registry[];

/** A registry that came later has no records in the invented province. */
const isSeeded = (record: RecordType): record is RecordType & SeededRecord => record in PROVINCE_FILES;

/** Opens the registries, fills them where they are empty, and lets them listen on loopback. */
export async function openProvince(
  { directory, residents, seed, firstPort }: ProvinceInput,
  report: (status: ProvinceStatus) => void,
): Promise<Province> {
  const sources = new Map<Registry, MockSource>();
  for (const registry of REGISTRY_NAMES) {
    sources.set(registry, openRegistrySource(registry, { file: join(directory, `${registry}.sqlite`), seed }));
  }
  const close = async (): Promise<void> => {
    await Promise.all([...sources.values()].map((source) => source.close()));
  };
  try {
    const empty = [...sources].flatMap(([registry, source]) =>
      REGISTRIES[registry]
        .filter(isSeeded)
        .filter((record) => !source.isLoaded(record))
        .map((record) => ({ source, record })),
    );
    if (residents > 0 && empty.length > 0) {
      const files = await provinceFiles(directory, residents, seed, report);
      let done = 0;
      for (const { source, record } of empty) {
        await source.load(
          record,
          counted(readJsonl(join(files, PROVINCE_FILES[record])), (count) =>
            report({ step: 'loading', done: (done += count), total: 0 }),
          ),
        );
      }
    }
    const addresses = await Promise.all(
      [...sources].map(async ([registry, source], index) => {
        const port = firstPort === undefined ? 0 : firstPort + index;
        return [registry, await source.listen({ port })] as const;
      }),
    );
    return {
      addresses: Object.fromEntries(addresses) as Record<Registry, string>,
      counts: () =>
        Object.fromEntries([...sources].map(([registry, source]) => [registry, source.counts()])) as ReturnType<
          Province['counts']
        >,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Writes the province's files once; a marker tells that they are whole. They stay, with their truth, for whoever is curious. */
async function provinceFiles(
  directory: string,
  residents: number,
  seed: number,
  report: (status: ProvinceStatus) => void,
): Promise<string> {
  const files = join(directory, 'province');
  const marker = join(directory, 'province.complete');
  if (existsSync(marker)) return files;
  await writeProvince({
    residents,
    seed,
    wardsCsv: loadWardsCsv(),
    directory: files,
    overwrite: true,
    onProgress: (done, total) => report({ step: 'generating', done, total }),
  });
  await writeFile(marker, '');
  return files;
}

async function* counted<T>(
  batches: AsyncIterable<readonly T[]>,
  onBatch: (count: number) => void,
): AsyncGenerator<readonly T[]> {
  for await (const batch of batches) {
    yield batch;
    onBatch(batch.length);
  }
}
