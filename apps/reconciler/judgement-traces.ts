import type { Verdict } from '#contracts/verdicts';
import { WORK_TOPIC, type WorkItem } from '#contracts/work';
import type { Message } from '#libs/event-bus/port';
import { traceparentIn, tracing, type TracedSpan, type Traceparent } from '#libs/telemetry';

/** Where a work item comes from: its own publishing, or the change that made it due. */
export const originOf = ({ headers, data }: Message<WorkItem>): Traceparent | undefined =>
  headers === undefined ? data.cause.traceparent : (traceparentIn(headers['traceparent']) ?? data.cause.traceparent);

export interface Judged {
  readonly item: WorkItem;
  readonly origin: Traceparent | undefined;
  readonly startedAt: number;
}

const optionsOf = ({ item, origin, startedAt }: Judged) =>
  ({
    parent: origin,
    kind: 'consumer',
    startedAt,
    attributes: {
      'messaging.system': 'khop.bus',
      'messaging.operation.type': 'process',
      'messaging.destination.name': WORK_TOPIC,
      'khop.check': item.check,
      'khop.reconciliation': item.reconciliation,
    },
  }) as const;

/** The span of a judgement; undefined where its trace is not kept, unless the judgement is a mismatch that nobody knew of. */
export function traceJudgement(judged: Judged, verdict: Verdict | undefined, isNews: boolean): TracedSpan | undefined {
  const isMismatch = verdict?.outcome === 'MISMATCHED';
  const keep = isMismatch && isNews && tracing().enabled;
  if (!keep && !tracing().follows(judged.origin)) return undefined;
  const span = tracing().start(`reconcile ${judged.item.check}`, { ...optionsOf(judged), keep });
  span.set({
    'khop.outcome': verdict?.outcome ?? 'ENDED',
    'khop.codes': [...(verdict?.codes ?? [])],
    'khop.verdict.new': isNews,
  });
  return span;
}

/** The judgement said what was known: a mismatch that was taken for news is none, and nothing to keep. */
export function endUnchanged({ span, origin }: Judged & { readonly span: TracedSpan | undefined }): void {
  if (!tracing().follows(origin)) return;
  span?.set({ 'khop.verdict.new': false });
  span?.end();
}

/** A work item that could not be judged is seen, whatever becomes of its trace. */
export function traceFailure(judged: Judged, error: unknown): void {
  const span = tracing().start(`reconcile ${judged.item.check}`, { ...optionsOf(judged), keep: true });
  span.fail(error);
  span.end();
}

/** The same for a batch that failed as a whole: it names its items. */
export function traceFailedBatch(origins: readonly (Traceparent | undefined)[], error: unknown): void {
  const span = tracing().start('reconcile', { keep: true, kind: 'consumer', links: origins });
  span.set({ 'messaging.batch.message_count': origins.length });
  span.fail(error);
  span.end();
}
