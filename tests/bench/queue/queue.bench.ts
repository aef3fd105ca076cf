import { readFile } from 'node:fs/promises';
import type { BenchContext } from '../harness/context.ts';
import { fileOf, provinceOf } from '../harness/provinces.ts';
import { count, milliseconds, type Section } from '../harness/section.ts';
import { startHubProcess } from './hub-process.ts';
import { fillQueue } from './long-queue.ts';
import { loadQueue, type QueueLoadResult } from './queue-load.ts';

const PER_SECOND = 50;
const SECONDS = 30;
const WARM_UP_SECONDS = 3;
/** What is imported while the queue is looked at: a province of another seed. */
const IMPORT = { residents: 100_000, seed: 8 };

export interface QueueSections {
  readonly queue: Section;
  readonly queueImport: Section;
}

/** Asks a running hub for pages of a long queue: at rest, and while it takes a large file in. */
export async function queueSections({ workspace, onStep }: BenchContext): Promise<QueueSections> {
  const dataDir = workspace.directory('long-queue');
  await fillQueue(dataDir, onStep);
  const file = fileOf(await provinceOf(IMPORT.residents, onStep, IMPORT.seed), 'resident');
  const hub = await startHubProcess(dataDir);
  try {
    await loadQueue(hub.address, PER_SECOND, (elapsed) => elapsed >= WARM_UP_SECONDS);
    onStep(`asking for ${PER_SECOND} pages a second`);
    const atRest = await loadQueue(hub.address, PER_SECOND, (elapsed) => elapsed >= SECONDS);
    onStep('the same during an import');
    const importing = importThrough(hub.address, file);
    const duringImport = await loadQueue(hub.address, PER_SECOND, () => importing.over);
    const records = await importing.records;
    const method = `The whole hub in one process, asked over HTTP on loopback from another process for ${PER_SECOND} pages of 50 items a second, with the facets of their filters, a search by name among nine. The queue came in over 57 days. From the moment at which a question is due to the last byte of its answer.`;
    return {
      queue: { title: 'Queue page', method, rows: [rowOf(atRest, 'p95 30 ms')], details: detailsOf(atRest) },
      queueImport: {
        title: 'Queue page while a bulk import runs',
        method: `${method} Meanwhile the hub takes in a file of ${count(records)} residents.`,
        rows: [rowOf(duringImport, 'p95 100 ms')],
        details: [
          ...detailsOf(duringImport),
          `The import took ${importing.seconds.toFixed(1)} s: ${count(records / importing.seconds)} records/s beside the questions.`,
        ],
      },
    };
  } finally {
    await hub.stop();
    workspace.remove(dataDir);
  }
}

const rowOf = ({ latencies, total }: QueueLoadResult, floor: string) => ({
  what: `${count(total)} mismatches, ${count(latencies.count)} questions`,
  measured: `p50 ${milliseconds(latencies.p50)}, p95 ${milliseconds(latencies.p95)}, p99 ${milliseconds(latencies.p99)}`,
  floor,
});

const detailsOf = ({ latencies, failed }: QueueLoadResult): readonly string[] => [
  `Longest: ${milliseconds(latencies.max)}. Not answered: ${failed}.`,
];

interface Importing {
  over: boolean;
  seconds: number;
  readonly records: Promise<number>;
}

/** Hands a file to the hub and waits until it has been taken in. */
function importThrough(address: string, file: string): Importing {
  const startedAt = performance.now();
  const take = async (): Promise<number> => {
    const headers = { 'khop-file-name': 'residents.jsonl', 'khop-actor': 'bench' };
    const started = await fetch(`${address}/api/v1/imports`, { method: 'POST', headers, body: await readFile(file) });
    const { importId } = (await started.json()) as { importId: string };
    for (;;) {
      const answer = await fetch(`${address}/api/v1/imports/${importId}`);
      const status = (await answer.json()) as { state: string; progress: { read: number } };
      if (status.state === 'completed') return status.progress.read;
      if (status.state === 'failed') throw new Error('the hub could not take the file in');
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  };
  const importing: Importing = {
    over: false,
    seconds: 0,
    records: take().finally(() => {
      importing.over = true;
      importing.seconds = (performance.now() - startedAt) / 1000;
    }),
  };
  importing.records.catch(() => undefined);
  return importing;
}
