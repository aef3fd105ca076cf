import { readFile, rm, writeFile } from 'node:fs/promises';
import type { DataDirectory } from '../data-directory.ts';

/** Tells other processes on this machine where the hub of this data directory listens. */
export async function publishAddress({ addressFile }: DataDirectory, url: string): Promise<void> {
  await writeFile(addressFile, `${JSON.stringify({ url })}\n`, { mode: 0o600 });
}

export async function withdrawAddress({ addressFile }: DataDirectory): Promise<void> {
  await rm(addressFile, { force: true });
}

/** Where the hub of a data directory listens; undefined when none says so. */
export async function findHubAddress({ addressFile }: DataDirectory): Promise<string | undefined> {
  try {
    const content: unknown = JSON.parse(await readFile(addressFile, 'utf8'));
    return typeof content === 'object' && content !== null && 'url' in content && typeof content.url === 'string'
      ? content.url
      : undefined;
  } catch {
    return undefined;
  }
}
