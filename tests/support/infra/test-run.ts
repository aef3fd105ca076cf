import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lock } from './cache.ts';
import type { Remains } from './service.ts';

/** The process id of the run's main process: what is shared lives as long as it. */
export const TEST_RUN = 'KHOP_TEST_RUN';

const runDirectory = (run: string): string => join(tmpdir(), `khop-test-run-${run}`);

/** What one process of a test run starts for all of them. */
export interface Shared<T> extends Remains {
  readonly value: T;
}

/** Starts something once in a test run: whoever asks first starts it, the others are given the same. */
export async function onceInTestRun<T>(name: string, start: (guardian: number) => Promise<Shared<T>>): Promise<T> {
  const run = process.env[TEST_RUN] ?? String(process.pid);
  const directory = runDirectory(run);
  await mkdir(directory, { recursive: true });
  const file = join(directory, `${name}.json`);
  const unlock = await lock(join(directory, `${name}.lock`));
  try {
    const known = await readFile(file, 'utf8').catch(() => undefined);
    if (known !== undefined) return (JSON.parse(known) as Shared<T>).value;
    const started = await start(Number(run));
    await writeFile(file, JSON.stringify(started));
    return started.value;
  } finally {
    await unlock();
  }
}

/** Ends what the run has shared. */
export function endTestRun(run: string): void {
  const directory = runDirectory(run);
  let files: readonly string[];
  try {
    files = readdirSync(directory).filter((file) => file.endsWith('.json'));
  } catch {
    return;
  }
  for (const file of files) {
    const { processGroup, directory: data } = JSON.parse(
      readFileSync(join(directory, file), 'utf8'),
    ) as Shared<unknown>;
    try {
      if (processGroup !== undefined) process.kill(-processGroup, 'SIGKILL');
    } catch {
      // It has ended already.
    }
    if (data !== undefined) rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
  rmSync(directory, { recursive: true, force: true });
}
