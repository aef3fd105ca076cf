import { changeSection } from './change/change.bench.ts';
import type { BenchContext } from './harness/context.ts';
import { readOptions, USAGE, type BenchName, type BenchOptions } from './harness/options.ts';
import { machine, writeSection, type Section } from './harness/section.ts';
import { openWorkspace } from './harness/workspace.ts';
import { importProvince, importSection, type Loaded } from './import/import.bench.ts';
import { queueSections } from './queue/queue.bench.ts';
import { rebuildSection } from './rebuild/rebuild.bench.ts';
import { relaySection } from './relay/relay.bench.ts';
import { tracingSection } from './tracing/tracing.bench.ts';

const MILLION = 1_000_000;
const FLOOR = { recordsPerSecond: 10_000, gibibytes: 1 };
const MILLION_FLOOR = { recordsPerSecond: 7_000, gibibytes: 1.5 };

const options = readOptions(process.argv.slice(2));
if (options === 'help') process.stdout.write(USAGE);
else await run(options);

async function run(wanted: BenchOptions): Promise<void> {
  const startedAt = performance.now();
  const onStep = (text: string): void =>
    void process.stdout.write(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(7)} s  ${text}\n`);
  const workspace = openWorkspace();
  const context: BenchContext = { options: wanted, workspace, onStep };
  const wants = (...names: readonly BenchName[]): boolean => names.some((name) => wanted.only.includes(name));
  const tell = (name: BenchName, section: Section): void => {
    for (const { what, measured, floor, wall } of section.rows) {
      onStep(`${section.title} · ${what}: ${measured} (floor: ${floor}${wall === undefined ? '' : `; wall: ${wall}`})`);
    }
    for (const detail of section.details) onStep(`  ${detail}`);
    if (wanted.out !== undefined) writeSection(wanted.out, name, section);
  };
  process.stdout.write(`${machine()}\n`);
  try {
    if (wants('import', 'rebuild', 'change')) {
      const loaded = await importProvince(context, wanted.residents);
      if (wants('import')) tell('import', await importSection(context, loaded, wanted.residents, FLOOR));
      if (wants('rebuild')) tell('rebuild', await rebuildSection(context, loaded));
      if (wants('change')) tell('change', await changeSection(context, loaded));
      workspace.remove(loaded.dataDir);
    }
    if (wants('queue', 'queue-import')) {
      const { queue, queueImport } = await queueSections(context);
      if (wants('queue')) tell('queue', queue);
      if (wants('queue-import')) tell('queue-import', queueImport);
    }
    if (wants('relay')) tell('relay', await relaySection(context));
    if (wants('tracing')) tell('tracing', await tracingSection(context));
    if (wants('import-million')) await runMillion(context, tell);
  } finally {
    workspace.clear();
  }
}

async function runMillion(context: BenchContext, tell: (name: BenchName, section: Section) => void): Promise<void> {
  const loaded: Loaded = await importProvince(context, MILLION);
  tell('import-million', await importSection(context, loaded, MILLION, MILLION_FLOOR));
  context.workspace.remove(loaded.dataDir);
}
