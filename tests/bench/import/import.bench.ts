import type { BenchContext } from '../harness/context.ts';
import { runChild } from '../harness/child.ts';
import type { ProcessUsage } from '../harness/process-usage.ts';
import { provinceOf } from '../harness/provinces.ts';
import { count, type Section } from '../harness/section.ts';
import type { ImportInput, ImportResult } from './import.process.ts';
import type { WallInput, WallResult } from './wall.process.ts';

/** A data directory with a province in it. */
export interface Loaded {
  readonly dataDir: string;
  readonly result: ImportResult;
}

/** Imports a generated province into a new data directory, in a process of its own. */
export async function importProvince({ workspace, onStep, options }: BenchContext, residents: number): Promise<Loaded> {
  const { files } = await provinceOf(residents, onStep);
  const dataDir = workspace.directory(`province-${residents}`);
  const input: ImportInput = { dataDir, files };
  const entry = new URL('./import.process.js', import.meta.url);
  const result = await runChild<ImportResult>(entry, input, { onStep, profiles: options.profiles });
  return { dataDir, result };
}

/** Puts the same rows into the log's own tables, plainly, and says what share of that speed the import reached. */
export async function importSection(
  { workspace, onStep }: BenchContext,
  { dataDir, result }: Loaded,
  residents: number,
  floor: { readonly recordsPerSecond: number; readonly gibibytes: number },
): Promise<Section> {
  const copyDir = workspace.directory('plain-copy');
  const input: WallInput = { dataDir, copyDir };
  const wall = await runChild<WallResult>(new URL('./wall.process.js', import.meta.url), input, { onStep });
  workspace.remove(copyDir);
  const { records, events, seconds, takenSeconds, usage, quarantined } = result;
  const rate = records / seconds;
  const wallRate = records / wall.seconds;
  return {
    title: `Import and reconcile a province of ${count(residents)} residents`,
    method:
      'What `khop import` does where no hub runs: six JSONL files in the order of their names into an empty data directory, until the last verdict is in the views. The wall: the same events into the log’s own tables in batches of 1,000 rows, without anything else.',
    rows: [
      {
        what: `${count(records)} records, ${count(events)} events`,
        measured: `${count(rate)} records/s`,
        floor: `${count(floor.recordsPerSecond)} records/s, 0.3 of the wall`,
        wall: `${count(wallRate)} records/s, of which ${(rate / wallRate).toFixed(2)} reached`,
      },
      {
        what: 'peak memory of the process',
        measured: `${count(usage.peakMegabytes)} MiB`,
        floor: `${count(floor.gibibytes * 1024)} MiB`,
      },
    ],
    details: [
      `${seconds.toFixed(1)} s in all: ${takenSeconds.toFixed(1)} s until the last record was in the log, the rest until its verdicts were visible. In quarantine: ${count(quarantined)}.`,
      `The wall took ${wall.seconds.toFixed(1)} s for ${count(wall.rows)} rows.`,
      usageText(usage, records, 'record'),
    ],
  };
}

/** Processor time by thread. */
export function usageText({ threads }: ProcessUsage, of: number, unit: string): string {
  const total = threads.reduce((sum, { seconds }) => sum + seconds, 0);
  const each = threads.map(({ name, seconds }) => `${WHAT[name] ?? name} ${microseconds(seconds / of)}`);
  return `Processor time for each ${unit}: ${microseconds(total / of)}: ${each.join(', ')}.`;
}

const microseconds = (seconds: number): string => `${(seconds * 1e6).toFixed(0)} µs`;

const WHAT: Readonly<Partial<Record<string, string>>> = {
  main: 'main thread (intake, where files are taken in)',
  linking: 'linking and judging',
  viewing: 'views',
  V8Worker: 'garbage collection and compilation beside them',
};
