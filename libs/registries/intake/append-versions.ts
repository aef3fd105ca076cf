import type { Append, AppendRefused, EventStoreReader } from '#libs/event-store/port';
import type { RecordDefinition } from '../definitions/index.ts';
import type { IntakeDeps, IntakeFrame } from './intake-deps.ts';
import type { StoredVersion, VersionDecision } from './record.decider.ts';
import type { IncomingRecord } from './version-events.ts';
import type { VersionPlan } from './version-plan.ts';
import { appendPatiently } from '../appending/index.ts';
import { storedVersionOf } from './version-events.ts';
import { planVersions } from './version-plan.ts';

/** What became of a row: a decision, or that its event is larger than the log takes. */
export type RowOutcome = VersionDecision | 'too-large';

/** Too many writers changed the same record at once; the intake may be run again. */
export class IntakeContentionError extends Error {
  override readonly name = 'IntakeContentionError';
  readonly code = 'intake-contention';
}

const MAX_ROUNDS = 12;
const VERSIONS_READ_AT_ONCE = 20;
const STREAM_PAGE = 1_000;

/** The rows of one record that are still to be decided, and what is believed of its stream. */
interface Work {
  readonly rows: readonly IncomingRecord[];
  readonly history: readonly StoredVersion[];
}

interface Planned extends Work {
  readonly plan: VersionPlan;
}

/**
 * Decides on records and appends their versions. Most records of a bulk load are new: all are first appended as such, in one
 * batch, and only the streams that turn out to exist are read and decided on again. Rows of one record keep their order.
 */
export async function appendVersions(
  deps: IntakeDeps,
  definition: RecordDefinition,
  frame: IntakeFrame,
  rows: readonly IncomingRecord[],
): Promise<ReadonlyMap<IncomingRecord, RowOutcome>> {
  const outcomes = new Map<IncomingRecord, RowOutcome>();
  let works: Work[] = groupByStream(rows).map((group) => ({ rows: group, history: [] }));
  for (let round = 0; works.length > 0; round += 1) {
    if (round === MAX_ROUNDS) {
      throw new IntakeContentionError(`${works.length} records kept changing while they were being taken in.`);
    }
    works = await appendRound(deps, definition, frame, works, outcomes);
  }
  return outcomes;
}

/** What would become of the rows, without appending anything. */
export async function previewVersions(
  deps: IntakeDeps,
  definition: RecordDefinition,
  frame: IntakeFrame,
  rows: readonly IncomingRecord[],
): Promise<ReadonlyMap<IncomingRecord, RowOutcome>> {
  const outcomes = new Map<IncomingRecord, RowOutcome>();
  for (const group of groupByStream(rows)) {
    const history = await readHistory(deps.store, streamOfWork(group));
    settle({ rows: group, history, plan: planVersions(definition, frame, history, group, deps.clock()) }, outcomes);
  }
  return outcomes;
}

async function appendRound(
  deps: IntakeDeps,
  definition: RecordDefinition,
  frame: IntakeFrame,
  works: readonly Work[],
  outcomes: Map<IncomingRecord, RowOutcome>,
): Promise<Work[]> {
  const now = deps.clock();
  const planned = works.map((work): Planned => ({
    ...work,
    plan: planVersions(definition, frame, work.history, work.rows, now),
  }));
  const writing = planned.filter(({ plan }) => plan.events.length > 0);
  for (const idle of planned) if (idle.plan.events.length === 0) settle(idle, outcomes);
  if (writing.length === 0) return [];

  const results = await appendPatiently(deps.store, writing.map(toAppend));
  const again: Work[] = [];
  const repeated: Planned[] = [];
  const stale: { readonly work: Work; readonly actual: number }[] = [];
  for (const [index, work] of writing.entries()) {
    const result = results[index];
    if (result === undefined) throw new TypeError('the store answered fewer appends than it was given');
    if (result.ok) {
      if (result.repeated) repeated.push(work);
      else settle(work, outcomes);
    } else if (result.code === 'too-large') {
      again.push(...withoutTooLarge(work, result, outcomes));
    } else {
      stale.push({ work, actual: result.code === 'wrong-expected-state' ? (result.actual ?? -1) : -1 });
    }
  }
  again.push(...(await readAgain(deps.store, stale)));
  again.push(...(await settleRepeated(deps, definition, frame, repeated, outcomes)));
  return again;
}

const toAppend = ({ rows, history, plan }: Planned): Append => ({
  stream: streamOfWork(rows),
  expected: history.length === 0 ? 'no-stream' : history.length - 1,
  events: plan.events,
});

function settle({ rows, plan }: Planned, outcomes: Map<IncomingRecord, RowOutcome>): void {
  for (const [index, row] of rows.entries()) outcomes.set(row, plan.decisions[index] ?? 'unchanged');
}

/**
 * The very same events are there: an earlier run appended them. Unless the stream has gone on since, its history is known
 * without reading it.
 */
async function settleRepeated(
  deps: IntakeDeps,
  definition: RecordDefinition,
  frame: IntakeFrame,
  repeated: readonly Planned[],
  outcomes: Map<IncomingRecord, RowOutcome>,
): Promise<Work[]> {
  if (repeated.length === 0) return [];
  const next = await deps.store.readVersions(
    repeated.map(({ rows, plan }) => ({ stream: streamOfWork(rows), version: plan.historyAfter.length })),
  );
  const again: Work[] = [];
  for (const [index, work] of repeated.entries()) {
    const { rows, plan } = work;
    if (next[index] === undefined) {
      const known = planVersions(definition, frame, plan.historyAfter, rows, deps.clock());
      settle({ rows, history: plan.historyAfter, plan: known }, outcomes);
    } else {
      again.push({ rows, history: await readHistory(deps.store, streamOfWork(rows)) });
    }
  }
  return again;
}

async function readAgain(
  store: EventStoreReader,
  stale: readonly { readonly work: Work; readonly actual: number }[],
): Promise<Work[]> {
  const short = stale.filter(({ actual }) => actual >= 0 && actual < VERSIONS_READ_AT_ONCE);
  const long = stale.filter(({ actual }) => actual < 0 || actual >= VERSIONS_READ_AT_ONCE);
  const refs = short.flatMap(({ work, actual }) =>
    Array.from({ length: actual + 1 }, (_, version) => ({ stream: streamOfWork(work.rows), version })),
  );
  const events = refs.length === 0 ? [] : await store.readVersions(refs);
  const again: Work[] = [];
  let from = 0;
  for (const { work, actual } of short) {
    const history = events
      .slice(from, from + actual + 1)
      .flatMap((event) => (event === undefined ? [] : [storedVersionOf(event)]));
    from += actual + 1;
    again.push({ rows: work.rows, history });
  }
  for (const { work } of long)
    again.push({ rows: work.rows, history: await readHistory(store, streamOfWork(work.rows)) });
  return again;
}

async function readHistory(store: EventStoreReader, stream: string): Promise<StoredVersion[]> {
  const history: StoredVersion[] = [];
  for (;;) {
    const page = await store.readStream(stream, { from: history.length, limit: STREAM_PAGE });
    for (const event of page) history.push(storedVersionOf(event));
    if (page.length < STREAM_PAGE) return history;
  }
}

/** An append is atomic: one record too large must not keep the other rows of its key out. */
function withoutTooLarge(
  work: Planned,
  { limitBytes }: Extract<AppendRefused, { code: 'too-large' }>,
  outcomes: Map<IncomingRecord, RowOutcome>,
): Work[] {
  const sizes = new Map(work.rows.map((row) => [row, row.personal.bytes.length]));
  const largest = Math.max(...sizes.values());
  const bound = Math.min(largest, limitBytes);
  const fitting = work.rows.filter((row) => (sizes.get(row) ?? 0) < bound);
  for (const row of work.rows) if (!fitting.includes(row)) outcomes.set(row, 'too-large');
  return fitting.length === 0 ? [] : [{ rows: fitting, history: work.history }];
}

function groupByStream(rows: readonly IncomingRecord[]): IncomingRecord[][] {
  const groups = new Map<string, IncomingRecord[]>();
  for (const row of rows) {
    const group = groups.get(row.stream);
    if (group === undefined) groups.set(row.stream, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

const streamOfWork = (rows: readonly IncomingRecord[]): string => rows[0]?.stream ?? '';
