import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { loadWardsCsv } from '#contracts/rules';
import { PROVINCE_FILES, VARIATIONS, writeProvince } from '#seeds';
import { runChild } from '../harness/child.ts';
import { SEED } from '../harness/provinces.ts';
import type { ImportInput, ImportResult } from '../import/import.process.ts';

/** A province in which most of what can go wrong has gone wrong. */
const RESIDENTS = 330_000;
const TIMES_THE_ERRORS = 8;
/** What is more frequent is how people live, not an error. */
const MOST_FREQUENT_ERROR = 0.05;
/** Over how many imports, and how many days, the mismatches come in. */
const IMPORTS = 15;
const DAYS_BETWEEN = 4;

/** Fills a data directory with a long queue, by importing a province in parts, on days that lie apart. */
export async function fillQueue(dataDir: string, onStep: (text: string) => void): Promise<void> {
  const parts = await provinceParts(onStep);
  for (const [index, files] of parts.entries()) {
    const daysAgo = (parts.length - 1 - index) * DAYS_BETWEEN;
    const input: ImportInput = { dataDir, files };
    const entry = new URL('../import/import.process.js', import.meta.url);
    await runChild<ImportResult>(entry, input, { onStep: () => undefined, daysAgo });
    onStep(`import ${index + 1} of ${parts.length}, as of ${daysAgo} days ago`);
  }
}

/** The residents first; of all other files a part each time. */
async function provinceParts(onStep: (text: string) => void): Promise<readonly (readonly string[])[]> {
  const directory = join(tmpdir(), `khop-province-${RESIDENTS}-${SEED}-errors`);
  const others = Object.entries(PROVINCE_FILES).filter(([kind]) => kind !== 'resident' && kind !== 'truth');
  if (!existsSync(directory)) {
    onStep(`generating ${RESIDENTS.toLocaleString('en')} residents with ${TIMES_THE_ERRORS} times the errors`);
    const unfinished = `${directory}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    const rates = Object.fromEntries(
      VARIATIONS.filter(({ rate }) => rate <= MOST_FREQUENT_ERROR).map(({ name, rate }) => [
        name,
        rate * TIMES_THE_ERRORS,
      ]),
    );
    await writeProvince({ residents: RESIDENTS, seed: SEED, wardsCsv: loadWardsCsv(), directory: unfinished, rates });
    for (const [, file] of others) splitFile(join(unfinished, file), unfinished);
    renameSync(unfinished, directory);
  }
  return Array.from({ length: IMPORTS }, (_, part) => [
    ...(part === 0 ? [join(directory, PROVINCE_FILES.resident)] : []),
    ...others.map(([, file]) => join(directory, String(part), file)),
  ]);
}

function splitFile(path: string, directory: string): void {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const each = Math.ceil(lines.length / IMPORTS);
  for (let part = 0; part < IMPORTS; part += 1) {
    mkdirSync(join(directory, String(part)), { recursive: true });
    const own = lines.slice(part * each, (part + 1) * each);
    writeFileSync(join(directory, String(part), basename(path)), own.map((line) => `${line}\n`).join(''));
  }
}
