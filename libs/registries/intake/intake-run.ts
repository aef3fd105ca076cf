import { IntakeFinished, IntakeStarted, intakeStream } from '#contracts/events';
import type { RecordVersionData } from '#contracts/events';
import type { JsonObject, NewEvent } from '#libs/event-store/port';
import { derivedId, toTimestamp } from '#libs/platform';
import { appendPatiently } from '../appending/index.ts';
import type { RecordDefinition } from '../definitions/index.ts';
import { quarantineRows, resolveQuarantined } from '../quarantine/index.ts';
import type { RejectedRow, RejectingIntake } from '../quarantine/index.ts';
import { normaliseRecord, reason, WHOLE_ROW } from '../validation/index.ts';
import { appendVersions, previewVersions } from './append-versions.ts';
import type { IntakeDeps } from './intake-deps.ts';
import { IntakeTally, type IntakeProgress, type IntakeReport, type ReportBounds } from './intake-report.ts';
import { RejectedFile, splitRejection } from './rejected-file.ts';
import { PersonalTexts } from './personal-texts.ts';
import { RowTraces, type RowTrace } from './row-traces.ts';
import type { IntakeSource, Row } from './row.ts';
import { SnapshotKeys } from './snapshot-keys.ts';
import { streamOf, type IncomingRecord } from './version-events.ts';

export interface IntakeOptions {
  readonly definition: RecordDefinition;
  readonly source: IntakeSource;
  /** The rows are all that the source has: records that are not among them have vanished. */
  readonly snapshot?: boolean;
  /** Append nothing, and report what would be done. Rows of one record count against the log only, not each other, across batches. */
  readonly dryRun?: boolean;
  /** False for a few live changes of a feed: no frame in the log, and absence is not held back for them. Default true. */
  readonly framed?: boolean;
  /** Where to write rejected rows to be fixed (JSONL); made only when there are any. */
  readonly rejectedFile?: string;
  /** Where to write the keys that have vanished, one on a line; made only when there are any. */
  readonly vanishedFile?: string;
  readonly traceparent?: string;
  readonly actor?: string;
  readonly report?: ReportBounds;
}

export type Prepared =
  | {
      readonly ok: true;
      readonly span: RowTrace['span'];
      readonly incoming: IncomingRecord;
      /** The row as it came: its JSON, or what was read of it where there was none. */
      readonly given: unknown;
      readonly size: number;
      readonly quarantineId: string | undefined;
    }
  | { readonly ok: false; readonly span: RowTrace['span']; readonly size: number; readonly rejected: RejectedRow };

/**
 * One run of taking records of one type in, framed by `IntakeStarted` and `IntakeFinished`. Rows are given to it batch by batch, in
 * order; a batch must be taken before the next one is given.
 */
export class IntakeRun {
  readonly intakeId: string;
  readonly #deps: IntakeDeps;
  readonly #options: IntakeOptions;
  readonly #tally: IntakeTally;
  readonly #rejecting: RejectingIntake;
  readonly #rejectedFile: RejectedFile | undefined;
  readonly #snapshot: SnapshotKeys | undefined;
  readonly #startedAt: number;
  readonly #texts = new PersonalTexts();
  readonly #traces: RowTraces;

  private constructor(deps: IntakeDeps, options: IntakeOptions) {
    const { definition, source, traceparent, actor } = options;
    const { registry, record } = definition;
    this.intakeId = deps.newId();
    this.#deps = deps;
    this.#options = options;
    this.#tally = new IntakeTally(options.report);
    const fileName = source.kind === 'file' ? source.fileName : undefined;
    this.#rejecting = { intakeId: this.intakeId, registry, record, fileName, traceparent, actor };
    this.#rejectedFile = options.rejectedFile === undefined ? undefined : new RejectedFile(options.rejectedFile);
    this.#snapshot = options.snapshot === true ? new SnapshotKeys() : undefined;
    this.#startedAt = deps.clock();
    this.#traces = new RowTraces(options);
  }

  /** Begins an intake. */
  static async start(deps: IntakeDeps, options: IntakeOptions): Promise<IntakeRun> {
    const run = new IntakeRun(deps, options);
    const { definition, source, snapshot = false } = options;
    const { registry, record } = definition;
    const data = { intakeId: run.intakeId, registry, record, source: source.kind, snapshot };
    const fileName = source.kind === 'file' ? { fileName: source.fileName } : undefined;
    try {
      await run.#append('no-stream', IntakeStarted.type, data, fileName);
    } catch (error) {
      await run.close();
      throw error;
    }
    return run;
  }

  get progress(): IntakeProgress {
    return this.#tally.progress;
  }

  /** Takes a batch: appends new versions, puts what can't be taken into quarantine. */
  async take(rows: readonly Row[]): Promise<void> {
    return this.takePrepared(this.prepare(rows));
  }

  /** The part of taking a batch that needs nothing of the log, so that it may be done while the batch before is appended. */
  prepare(rows: readonly Row[]): readonly Prepared[] {
    const now = this.#deps.clock();
    return rows.map((row) => this.#prepareRow(row, now));
  }

  takePrepared(prepared: readonly Prepared[]): Promise<void> {
    return this.#traces.batch(prepared, () => this.#takePrepared(prepared));
  }

  async #takePrepared(prepared: readonly Prepared[]): Promise<void> {
    const { definition, dryRun } = this.#options;
    const incoming = prepared.flatMap((row) => (row.ok ? [row.incoming] : []));
    const decide = dryRun === true ? previewVersions : appendVersions;
    const outcomes = await decide(this.#deps, definition, this.#rejecting, incoming);
    const rejected: RejectedRow[] = [];
    for (const row of prepared) {
      const outcome = row.ok ? outcomes.get(row.incoming) : undefined;
      if (!row.ok) rejected.push(row.rejected);
      else if (outcome === undefined || outcome === 'too-large') rejected.push(tooLarge(row));
      else {
        this.#tally.took(outcome);
        if (row.quarantineId !== undefined && dryRun !== true) {
          await resolveQuarantined(this.#deps, this.#rejecting, row.quarantineId, row.incoming.stream);
        }
      }
    }
    await this.#reject(rejected);
    this.#traces.end(prepared, (row) => (row.ok ? (outcomes.get(row.incoming) ?? 'too-large') : 'quarantined'));
  }

  /** Ends the intake and reports what it did. */
  async finish(outcome: 'completed' | 'failed'): Promise<IntakeReport> {
    const vanished = outcome === 'completed' ? await this.#findVanished() : undefined;
    const counts = { ...this.#tally.counts, ...(vanished === undefined ? {} : { vanished: vanished.count }) };
    const unknownFields = this.#tally.unknownFields.publicCounts();
    await this.#append(0, IntakeFinished.type, { intakeId: this.intakeId, outcome, counts, unknownFields });
    return this.#report(vanished);
  }

  /** Lets go of files. To be called at the end, whatever happened. */
  async close(): Promise<void> {
    this.#snapshot?.close();
    await this.#rejectedFile?.close();
  }

  #prepareRow(row: Row, now: number): Prepared {
    const { line, reasons, cursor, size = 0 } = row;
    const { raw, quarantineId } = splitRejection(row.raw);
    const { span, traceparent } = this.#traces.start(row);
    if (reasons !== undefined)
      return { ok: false, span, size, rejected: { line, raw, reasons, quarantineId, traceparent } };
    const { definition } = this.#options;
    const content = normaliseRecord(definition, raw, now);
    this.#tally.unknownFields.add(content.unknownFields);
    const stream = content.key === undefined ? undefined : streamOf(definition, content.key, this.#deps.hash);
    if (stream !== undefined) this.#snapshot?.add(stream);
    if (!content.ok || stream === undefined) {
      const why = content.ok ? [] : content.reasons;
      return { ok: false, span, size, rejected: { line, raw, reasons: why, quarantineId, traceparent } };
    }
    const { key, json, updatedAt, withdrawn } = content;
    const { updatedAt: updatedAtText } = content.content;
    const incoming: IncomingRecord = {
      line,
      stream,
      cursor,
      traceparent,
      source: this.#sourceOf(row),
      ...this.#texts.add(key, json),
      ...(updatedAt === undefined ? {} : { updatedAt }),
      updatedAtText: typeof updatedAtText === 'string' ? updatedAtText : undefined,
      withdrawn,
    };
    return { ok: true, span, given: row.text ?? row.raw, size, quarantineId, incoming };
  }

  #sourceOf({ line, cursor }: Row): RecordVersionData['source'] {
    const { source } = this.#options;
    if (source.kind === 'feed') return { kind: 'feed', cursor: cursor ?? '' };
    return source.kind === 'file' ? { kind: 'file', line } : source;
  }

  async #reject(rows: readonly RejectedRow[]): Promise<void> {
    if (rows.length === 0) return;
    const { dryRun } = this.#options;
    const ids = dryRun === true ? [] : await quarantineRows(this.#deps, this.#rejecting, rows);
    const lines = rows.map(({ line, raw, reasons }, index) => ({ line, raw, reasons, quarantineId: ids[index] ?? '' }));
    for (const { line, reasons, quarantineId } of lines) this.#tally.rejected({ line, reasons, quarantineId });
    await this.#rejectedFile?.write(lines);
  }

  async #findVanished(): Promise<IntakeReport['vanished']> {
    return this.#snapshot?.vanished(this.#deps.store, this.#options.definition, this.#options.vanishedFile);
  }

  #report(vanished: IntakeReport['vanished']): IntakeReport {
    const { definition, dryRun = false } = this.#options;
    const seconds = Math.max(0, this.#deps.clock() - this.#startedAt) / 1000;
    const rows = this.#tally.report();
    return {
      intakeId: this.intakeId,
      registry: definition.registry,
      record: definition.record,
      dryRun,
      ...rows,
      ...(this.#rejectedFile?.written === true ? { rejectedFile: this.#rejectedFile.path } : {}),
      ...(vanished === undefined ? {} : { vanished }),
      seconds,
      recordsPerSecond: seconds === 0 ? rows.read : Math.round(rows.read / seconds),
    };
  }

  async #append(expected: 'no-stream' | 0, type: string, data: JsonObject, personal?: JsonObject): Promise<void> {
    if (this.#options.dryRun === true || this.#options.framed === false) return;
    const stream = intakeStream(this.intakeId);
    const event: NewEvent = {
      id: derivedId(stream, type),
      type,
      schemaVersion: 1,
      occurredAt: toTimestamp(this.#deps.clock()),
      correlationId: this.intakeId,
      traceparent: this.#options.traceparent,
      actor: this.#options.actor,
      data,
      personal,
    };
    await appendPatiently(this.#deps.store, [{ stream, expected, events: [event] }]);
  }
}

const tooLarge = ({ incoming, given, quarantineId }: Extract<Prepared, { ok: true }>): RejectedRow => ({
  line: incoming.line,
  raw: splitRejection(typeof given === 'string' ? JSON.parse(given) : given).raw,
  reasons: [reason(WHOLE_ROW, 'too-large')],
  quarantineId,
  traceparent: incoming.traceparent,
});
