import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadWardsCsv } from '#contracts/rules';
import { PROVINCE_FILES, writeProvince } from './write-province.ts';

describe('writeProvince', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'khop-seeds-'));
  });
  afterEach(async () => {
    await rm(directory, { recursive: true });
  });
  const options = () => ({ residents: 1200, seed: 7, wardsCsv: loadWardsCsv(), directory });

  it('writes one file per record type, and the truth', async () => {
    const summary = await writeProvince(options());
    expect((await readdir(directory)).sort()).toEqual(Object.values(PROVINCE_FILES).sort());
    const lines = async (name: string): Promise<string[]> =>
      (await readFile(join(directory, name), 'utf8')).trimEnd().split('\n');
    expect(await lines('residents.jsonl')).toHaveLength(1200);
    expect(await lines('enterprises.jsonl')).toHaveLength(summary.records.enterprise);
    const { MATCHED, MISMATCHED, NOT_APPLICABLE } = summary.truth;
    const truth = await lines('truth.jsonl');
    expect(truth).toHaveLength(MATCHED + MISMATCHED + NOT_APPLICABLE);
    const first: unknown = JSON.parse(truth[0] ?? '');
    expect(Object.keys(first ?? {})).toEqual(
      'check registry recordKey part counterpart outcome codes fields variations'.split(' '),
    );
    expect(summary.planted['name-case']).toBeGreaterThan(0);
  });

  it('tells how far it is', async () => {
    const seen: [number, number][] = [];
    await writeProvince({ ...options(), onProgress: (done, total) => seen.push([done, total]) });
    expect(seen).toEqual([
      [500, 1200],
      [1000, 1200],
      [1200, 1200],
    ]);
  });

  it('refuses a directory with files unless told to overwrite', async () => {
    await writeFile(join(directory, 'mine.txt'), 'keep');
    await expect(writeProvince(options())).rejects.toMatchObject({ code: 'SEED_DIRECTORY_NOT_EMPTY' });
    await writeProvince({ ...options(), overwrite: true });
    expect(await readFile(join(directory, 'mine.txt'), 'utf8')).toBe('keep');
  });

  it('makes the directory', async () => {
    const deeper = join(directory, 'a', 'b');
    await writeProvince({ ...options(), residents: 5, directory: deeper });
    expect(await readdir(deeper)).toContain('residents.jsonl');
  });
});
