import { readFile, rm, writeFile } from 'node:fs/promises';
import { findRoleHolder } from '#libs/event-store/sqlite';
import type { DataDirectory } from '../data-directory.ts';

/** Tells other processes on this machine where the hub of this data directory listens. */
export async function publishAddress({ addressFile }: DataDirectory, url: string): Promise<void> {
  await writeFile(addressFile, `${JSON.stringify({ url, pid: process.pid })}\n`, { mode: 0o600 });
}

export async function withdrawAddress({ addressFile }: DataDirectory): Promise<void> {
  await rm(addressFile, { force: true });
}

/**
 * Where the hub that has the role in a data directory listens; undefined when it does not say so yet, or when what has the role is
 * no hub. To be asked when the role is taken: a hub that was killed leaves its address behind.
 */
export async function findHubAddress({ addressFile, log }: DataDirectory): Promise<string | undefined> {
  try {
    const content: unknown = JSON.parse(await readFile(addressFile, 'utf8'));
    if (typeof content !== 'object' || content === null || !('url' in content) || !('pid' in content)) return undefined;
    return typeof content.url === 'string' && content.pid === findRoleHolder(log, 'hub') ? content.url : undefined;
  } catch {
    return undefined;
  }
}
