import { tracing, type SpanOptions, type TracedSpan, type Traceparent } from '#libs/telemetry';
import type { RecordDefinition } from '../definitions/index.ts';
import type { IntakeSource, Row } from './row.ts';

/** Where a row stands in its trace. The span is there only if the trace is kept: thousands of rows wait at once. */
export interface RowTrace {
  readonly traceparent: Traceparent | undefined;
  readonly span: TracedSpan | undefined;
}

export interface TracedIntake {
  readonly definition: RecordDefinition;
  readonly source: IntakeSource;
  readonly traceparent?: Traceparent | undefined;
  readonly dryRun?: boolean;
}

/** The traces of an intake's rows: one that comes with a trace joins it, every other begins one of its own. */
export class RowTraces {
  readonly #intake: TracedIntake;
  readonly #record: string;
  readonly #row: SpanOptions;
  readonly #untraced: RowTrace;

  constructor(intake: TracedIntake) {
    const { definition, source, traceparent } = intake;
    this.#intake = intake;
    this.#untraced = { traceparent, span: undefined };
    this.#record = `${definition.registry}.${definition.record}`;
    this.#row = {
      kind: 'consumer',
      links: traceparent === undefined ? [] : [traceparent],
      attributes: {
        'messaging.system': `khop.${source.kind}`,
        'messaging.operation.type': 'process',
        'messaging.destination.name': this.#record,
      },
    };
  }

  start(row: Row): RowTrace {
    if (!tracing().enabled || this.#intake.dryRun === true) {
      return row.traceparent === undefined ? this.#untraced : { traceparent: row.traceparent, span: undefined };
    }
    const options = row.traceparent === undefined ? this.#row : { ...this.#row, parent: row.traceparent };
    const span = tracing().start(`process ${this.#record}`, options);
    const { traceparent } = span;
    return { traceparent, span: tracing().follows(traceparent) ? span : undefined };
  }

  /** A batch is no part of any of its rows' traces: it names them. */
  batch<T>(rows: readonly { readonly span: TracedSpan | undefined }[], work: () => Promise<T>): Promise<T> {
    if (!tracing().enabled || this.#intake.dryRun === true) return work();
    const links = rows.flatMap(({ span }) => (span === undefined ? [] : [span.traceparent]));
    const options: SpanOptions = {
      ...this.#row,
      links,
      attributes: {
        ...this.#row.attributes,
        'messaging.operation.type': 'receive',
        'messaging.batch.message_count': rows.length,
      },
    };
    return tracing().run(`receive ${this.#record}`, options, work);
  }

  /** Says what became of each row. */
  end<R extends { readonly span: TracedSpan | undefined }>(rows: readonly R[], outcomeOf: (row: R) => string): void {
    if (!tracing().enabled) return;
    for (const row of rows) {
      row.span?.set({ 'khop.intake.outcome': outcomeOf(row) });
      row.span?.end();
    }
  }
}
