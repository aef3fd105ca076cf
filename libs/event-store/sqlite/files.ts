import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const logFile = (directory: string): string => join(directory, 'log.db');
export const anchorFile = (directory: string): string => join(directory, 'anchor.json');
export const secretFile = (directory: string): string => join(directory, 'secret.key');
export const lockDirectory = (directory: string): string => join(directory, 'locks');

/** Puts the file in place whole or not at all, and on the disk before it returns. */
export function writeDurably(file: string, content: string | Uint8Array, mode = 0o644): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    const descriptor = openSync(draft, 'w', mode);
    try {
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncDirectory(dirname(file));
}

/** A new or renamed file survives a power cut only when its directory is on the disk too. */
export function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
