import { existsSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadWardsCsv } from '#contracts/rules';
import { PROVINCE_FILES, writeProvince, type SeededRecord } from '#seeds';

export const SEED = 7;

/** The files of a generated province, in the order in which a shell would name them. */
export interface ProvinceFiles {
  readonly directory: string;
  readonly files: readonly string[];
}

/** Generates a province, or takes the one that an earlier run has left. */
export async function provinceOf(
  residents: number,
  onStep: (text: string) => void,
  seed = SEED,
): Promise<ProvinceFiles> {
  const directory = join(tmpdir(), `khop-province-${residents}-${seed}`);
  if (!existsSync(directory)) {
    onStep(`generating ${residents.toLocaleString('en')} residents`);
    const unfinished = `${directory}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    await writeProvince({ residents, seed, wardsCsv: loadWardsCsv(), directory: unfinished });
    renameSync(unfinished, directory);
  }
  const { truth: _, ...records } = PROVINCE_FILES;
  return {
    directory,
    files: Object.values(records)
      .sort()
      .map((file) => join(directory, file)),
  };
}

/** The file of one record type. */
export const fileOf = ({ directory }: ProvinceFiles, record: SeededRecord): string =>
  join(directory, PROVINCE_FILES[record]);
