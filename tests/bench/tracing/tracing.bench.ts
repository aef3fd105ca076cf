import type { BenchContext } from '../harness/context.ts';
import { runChild } from '../harness/child.ts';
import { provinceOf } from '../harness/provinces.ts';
import { count, type Section } from '../harness/section.ts';
import { usageText } from '../import/import.bench.ts';
import type { ImportInput, ImportResult } from '../import/import.process.ts';
import { openOtlpSink } from './otlp-sink.ts';

const MOST_RESIDENTS = 100_000;
const PAIRS = 3;
const RATIO = 0.1;
const MOST_COST = 0.05;

/** What tracing costs an import: the same province without it and with it, in turns, each in a process of its own. */
export async function tracingSection({ workspace, onStep, options }: BenchContext): Promise<Section> {
  const residents = Math.min(options.residents, MOST_RESIDENTS);
  const { files } = await provinceOf(residents, onStep);
  const sink = await openOtlpSink();
  const run = async (env: Readonly<Record<string, string>>): Promise<ImportResult> => {
    const dataDir = workspace.directory('tracing');
    const input: ImportInput = { dataDir, files };
    const entry = new URL('../import/import.process.js', import.meta.url);
    const result = await runChild<ImportResult>(entry, input, {
      onStep: () => undefined,
      profiles: options.profiles,
      env,
    });
    workspace.remove(dataDir);
    return result;
  };
  const without: ImportResult[] = [];
  const traced: ImportResult[] = [];
  for (let pair = 1; pair <= PAIRS; pair += 1) {
    without.push(await run({ OTEL_EXPORTER_OTLP_ENDPOINT: '' }));
    traced.push(await run({ OTEL_EXPORTER_OTLP_ENDPOINT: sink.address, OTEL_TRACES_SAMPLER_ARG: String(RATIO) }));
    onStep(`pair ${pair}: ${describe(without.at(-1))} without, ${describe(traced.at(-1))} with`);
  }
  const bytes = sink.bytes() / PAIRS;
  await sink.close();

  const [off, on] = [best(without, cpuSeconds), best(traced, cpuSeconds)];
  const [offWall, onWall] = [best(without, seconds), best(traced, seconds)];
  /** What tracing adds: each run is compared with the one beside it, since a machine is not as busy all the time. */
  const added = (by: (result: ImportResult) => number): number =>
    median(traced.map((result, pair) => by(result) / by(without[pair] ?? result) - 1));
  const records = off.records;
  return {
    title: `What tracing costs: ${RATIO * 100} % of the traces, ${count(residents)} residents`,
    method: `The import above, of a smaller province, with tracing off and with ${RATIO * 100} % of the traces sent to a receiver on the same machine that answers every export; ${PAIRS} runs of each in turns: the median of what the second of a pair took more than the first. Beside it stand the best runs of each kind. Every mismatch is sent, whatever becomes of its trace.`,
    rows: [
      {
        what: 'processor time',
        measured: percent(added(cpuSeconds)),
        floor: `at most ${percent(MOST_COST)}`,
        wall: `${each(cpuSeconds(off), records)} without, ${each(cpuSeconds(on), records)} with, for each record`,
      },
      {
        what: 'throughput',
        measured: percent(1 - 1 / (1 + added(seconds))),
        floor: `at most ${percent(MOST_COST)}`,
        wall: `${count(records / seconds(offWall))} records/s without, ${count(records / seconds(onWall))} with`,
      },
    ],
    details: [
      `${count(bytes / 1024)} KiB of spans for ${count(records)} records.`,
      `Without: ${usageText(off.usage, records, 'record')}`,
      `With: ${usageText(on.usage, records, 'record')}`,
    ],
  };
}

const seconds = (result: ImportResult): number => result.seconds;

const cpuSeconds = ({ usage }: ImportResult): number => usage.threads.reduce((sum, thread) => sum + thread.seconds, 0);

function best(results: readonly ImportResult[], by: (result: ImportResult) => number): ImportResult {
  const [first, ...others] = results;
  if (first === undefined) throw new Error('nothing was measured');
  return others.reduce((least, other) => (by(other) < by(least) ? other : least), first);
}

const describe = (result: ImportResult | undefined): string =>
  result === undefined ? '' : `${result.seconds.toFixed(1)} s (${cpuSeconds(result).toFixed(1)} s of processor time)`;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const each = (total: number, records: number): string => `${((total / records) * 1e6).toFixed(1)} µs`;
