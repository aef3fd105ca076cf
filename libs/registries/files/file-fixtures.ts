import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from '../intake/index.ts';
import { openRecordFile, type OpenFileOptions } from './open-record-file.ts';

/** A directory for the files of a test. */
export interface TemporaryFiles {
  write(name: string, content: string | Buffer): string;
  /** Writes a file, and reads its rows. */
  rows(name: string, content: string | Buffer, options?: OpenFileOptions): Promise<readonly Row[]>;
  remove(): void;
}

export function temporaryFiles(): TemporaryFiles {
  const directory = mkdtempSync(join(tmpdir(), 'khop-files-'));
  const write = (name: string, content: string | Buffer): string => {
    const path = join(directory, name);
    writeFileSync(path, content);
    return path;
  };
  return {
    write,
    rows: async (name, content, options) => readRows(write(name, content), options),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

export async function readRows(path: string, options?: OpenFileOptions): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const batch of (await openRecordFile(path, options)).rows) rows.push(...batch);
  return rows;
}

export const codesOf = (rows: readonly Row[]): readonly (string | undefined)[] =>
  rows.map((row) => row.reasons?.[0]?.code);
