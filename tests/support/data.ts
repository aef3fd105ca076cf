import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadWardsCsv } from '#contracts/rules';
import type { RecordedEvent } from '#libs/event-store/port';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { PROVINCE_FILES, writeProvince, type SeededRecord } from '#seeds';
import { endAll, khop } from './khop.ts';

/** A directory of a test, under the system's temporary one. */
export interface Workshop {
  readonly path: string;
  /** A path in it. */
  at(...names: string[]): string;
  /** Writes a file and answers its path. */
  file(name: string, content: string | Uint8Array): string;
  /** Removes it, and ends what was left running. */
  remove(): Promise<void>;
}

export function openWorkshop(): Workshop {
  const path = mkdtempSync(join(tmpdir(), 'khop-test-'));
  const at = (...names: string[]): string => join(path, ...names);
  return {
    path,
    at,
    file(name, content) {
      writeFileSync(at(name), content);
      return at(name);
    },
    async remove() {
      await endAll();
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** The record files of an invented province, by record type: enterprises before the residents whom they mention. */
export async function aProvince(
  directory: string,
  residents: number,
  seed = 7,
): Promise<Readonly<Record<SeededRecord, string>>> {
  await writeProvince({ residents, seed, wardsCsv: loadWardsCsv(), directory });
  const file = (record: SeededRecord): string => join(directory, PROVINCE_FILES[record]);
  return {
    enterprise: file('enterprise'),
    taxpayer: file('taxpayer'),
    birth: file('birth'),
    death: file('death'),
    marriage: file('marriage'),
    resident: file('resident'),
  };
}

/** The rows of a JSONL file. */
export const rowsOf = (file: string): Record<string, unknown>[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

export const jsonl = (rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** The whole log of a data directory, or what follows a position. */
export async function logOf(dataDir: string, after = 0): Promise<readonly RecordedEvent[]> {
  const store = await SqliteEventStore.open({ directory: join(dataDir, 'log'), readOnly: true });
  try {
    const events: RecordedEvent[] = [];
    for (let position = after; ;) {
      const page = await store.readAll({ after: position, limit: 10_000 });
      events.push(...page.events);
      if (page.end) return events;
      position = page.position;
    }
  } finally {
    await store.close();
  }
}

/** Takes files in by the command, and fails with what it said when it failed. Answers its reports. */
export async function importInto(dataDir: string, ...files: readonly string[]): Promise<readonly ImportOutcome[]> {
  const { code, stdout, stderr } = await khop(['import', ...files, '--data-dir', dataDir, '--json']);
  if (code !== 0 && code !== 2) throw new Error(`import ended with ${String(code)}: ${stderr}${stdout}`);
  return JSON.parse(stdout) as ImportOutcome[];
}

/** What `khop import --json` says of a file, as far as tests look. */
export interface ImportOutcome {
  readonly file: string;
  readonly read: number;
  readonly taken: number;
  readonly unchanged: number;
  readonly seenBefore: number;
  readonly quarantined: number;
}

/** What `khop verdicts` exports, as text. */
export async function verdictsOf(dataDir: string): Promise<string> {
  const { code, stdout, stderr } = await khop(['verdicts', '--format', 'jsonl', '--data-dir', dataDir]);
  if (code !== 0) throw new Error(`verdicts ended with ${String(code)}: ${stderr}`);
  return stdout;
}

/** What `khop` prints with these arguments about a data directory. Fails with what it said when it failed. */
export async function printed(dataDir: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await khop([...args, '--data-dir', dataDir]);
  if (code !== 0) throw new Error(`khop ${args.join(' ')} ended with ${String(code)}: ${stderr}${stdout}`);
  return stdout;
}
