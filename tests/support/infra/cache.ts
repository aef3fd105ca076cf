import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where what tests build for themselves is kept between runs, by name and version. */
export function cacheDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'khop');
}

const LOCK_POLL_MS = 250;

/**
 * The directory `<cache>/<name>`; when it is not there, `build` fills a directory beside it, which then takes its name. Two runs at
 * once build it once; what a killed run left of a build is thrown away.
 */
export async function cached(
  name: string,
  build: (directory: string) => Promise<void>,
  root = cacheDirectory(),
): Promise<string> {
  const directory = join(root, name);
  if (existsSync(directory)) return directory;
  await mkdir(root, { recursive: true });
  const unlock = await lock(join(root, `${name}.lock`));
  try {
    if (existsSync(directory)) return directory;
    const partial = join(root, `${name}.partial`);
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial);
    await build(partial);
    await rename(partial, directory);
    return directory;
  } finally {
    await unlock();
  }
}

/** A lock between processes: a directory with the holder's process id. One whose holder is gone is taken over. */
export async function lock(path: string): Promise<() => Promise<void>> {
  await mkdir(dirname(path), { recursive: true });
  for (;;) {
    try {
      await mkdir(path);
      await writeFile(join(path, 'pid'), String(process.pid));
      return () => rm(path, { recursive: true, force: true });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    if (await isAbandoned(path)) await rm(path, { recursive: true, force: true });
    else await sleep(LOCK_POLL_MS);
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    return !isAlive(Number(await readFile(join(path, 'pid'), 'utf8')));
  } catch {
    // No process id in it yet, or never: one that died between the two steps.
    const made = await stat(path).catch(() => undefined);
    return made !== undefined && Date.now() - made.mtimeMs > 10_000;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** The code of a system error; `instanceof` does not tell, because tests have an `Error` of their own. */
function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
