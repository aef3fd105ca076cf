import type { IntakeDeps } from './intake-deps.ts';
import type { IntakeProgress, IntakeReport } from './intake-report.ts';
import { IntakeRun, type IntakeOptions, type Prepared } from './intake-run.ts';
import type { Row } from './row.ts';

export interface TakeRecordsOptions extends IntakeOptions {
  /** Rows that are taken together; default 2,000. */
  readonly batchSize?: number;
  /** Ends the intake after the batch at hand; it counts as failed. */
  readonly signal?: AbortSignal;
  /** Called after each batch. */
  readonly onProgress?: (progress: IntakeProgress) => void;
}

const DEFAULT_BATCH_SIZE = 2_000;
const MAX_BATCH_CHARACTERS = 8_388_608;

/**
 * Takes rows in: validates each, appends what is new to the streams of the records, puts the rest into quarantine, and reports. The
 * same rows again append nothing but the frame. Rejects with the error of the rows or the store after closing the intake as
 * failed; what was appended before stays, and the same rows may be taken again.
 */
export async function takeRecords(
  deps: IntakeDeps,
  options: TakeRecordsOptions,
  rows: AsyncIterable<readonly Row[]>,
): Promise<IntakeReport> {
  const run = await IntakeRun.start(deps, options);
  try {
    await takeAll(run, options, rows);
    return await run.finish('completed');
  } catch (error) {
    // The first error is the one to know. If the end can't be written either, the intake is closed at the next start.
    await run.finish('failed').catch(() => undefined);
    throw error;
  } finally {
    await run.close();
  }
}

/** While one batch is appended, the next one is read and validated. */
async function takeAll(
  run: IntakeRun,
  options: TakeRecordsOptions,
  rows: AsyncIterable<readonly Row[]>,
): Promise<void> {
  const { batchSize = DEFAULT_BATCH_SIZE, signal, onProgress } = options;
  let appending: Promise<void> = Promise.resolve();
  for await (const prepared of preparedBatches(run, rows, batchSize)) {
    await appending;
    onProgress?.(run.progress);
    signal?.throwIfAborted();
    appending = run.takePrepared(prepared);
    // It is awaited one batch later; until then a failure must not count as unhandled.
    appending.catch(() => undefined);
  }
  await appending;
  onProgress?.(run.progress);
}

/**
 * Batches of about one size: what a file gives at once may be few or many, and rows may be large. Rows are prepared as they come
 * and let go of: what is made of them is small, and thousands of objects that wait are what costs the garbage collector most.
 */
async function* preparedBatches(
  run: IntakeRun,
  source: AsyncIterable<readonly Row[]>,
  count: number,
): AsyncGenerator<readonly Prepared[]> {
  let waiting: Prepared[] = [];
  let characters = 0;
  for await (const rows of source) {
    for (const row of run.prepare(rows)) {
      waiting.push(row);
      characters += row.size;
      if (waiting.length < count && characters < MAX_BATCH_CHARACTERS) continue;
      yield waiting;
      waiting = [];
      characters = 0;
    }
  }
  if (waiting.length > 0) yield waiting;
}
