import type { Rules } from '#contracts/rules';
import type { Verdict, VersionRef } from '#contracts/verdicts';
import type { JudgeItem, WorkItem, WorkSide } from '#contracts/work';
import type { RecordVersion } from '#contracts/events';
import type { JudgementCommand } from '#contracts/commands';
import type { Delivery, Handler, Outcome } from '#libs/event-bus/port';
import { EventStoreUnavailableError, type Append, type EventStore, type NewEvent } from '#libs/event-store/port';
import type { AdministrativeUnits } from '#libs/domain/identity';
import { judge, partsOf, type Part } from '#libs/domain/matching';
import { decide, evolve, initialState, type DecidedEvent, type ReconciliationState } from '#libs/domain/reconciliation';
import { derivedId, toTimestamp, type Clock, type KeyedHash } from '#libs/platform';
import { RecordVersionMissingError, type RecordVersions } from '#libs/record-versions';
import { tracing, type TracedSpan } from '#libs/telemetry';
import {
  endUnchanged,
  originOf,
  traceFailedBatch,
  traceFailure,
  traceJudgement,
  type Judged,
} from './judgement-traces.ts';

export interface ReconcilerDeps {
  readonly store: EventStore;
  readonly versions: RecordVersions;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly units: AdministrativeUnits;
  readonly rulesOf: (hash: string) => Rules | undefined;
  /** Told of each verdict that has been written to the log. */
  readonly onVerdict?: ((verdict: Verdict) => void) | undefined;
}

/** How often an append is decided again when somebody else wrote to the same stream. */
const MAX_ROUNDS = 8;

/** A judgement on its way into its stream. */
interface Pending extends Judged {
  readonly command: JudgementCommand;
  /** Undefined while nothing is known of the stream: it is then taken to be new, which most are. */
  state: ReconciliationState | undefined;
  version: number | 'no-stream';
  span: TracedSpan | undefined;
}

/** A pair is judged as it is: no person in it is singled out. */
const WHOLE_RECORD: Part = { index: 0, identity: '', person: null };

const DONE: Outcome = { kind: 'done' };

/**
 * Judges work items: loads the two versions, compares, and appends the verdict to the reconciliation's stream. Keeps
 * nothing between batches, so that any number of reconcilers may share the work.
 */
export function createReconciler(deps: ReconcilerDeps): Handler<WorkItem> {
  return async (batch) => {
    try {
      const load = await deps.versions.load(batch.flatMap(({ message }) => versionsOf(message.data)));
      const outcomes = new Map<string, Outcome>();
      const pending: Pending[] = [];
      for (const { message } of batch) {
        const item = message.data;
        const origin = originOf(message);
        const startedAt = tracing().now();
        try {
          pending.push({
            item,
            origin,
            startedAt,
            command: commandOf(deps, item, load),
            state: undefined,
            version: 'no-stream',
            span: undefined,
          });
        } catch (error) {
          traceFailure({ item, origin, startedAt }, error);
          // The names of errors are ours; their messages might repeat a value.
          outcomes.set(message.id, {
            kind: 'dead-letter',
            reason: error instanceof Error ? error.name : 'unknown error',
          });
        }
      }
      const unsettled = await appendAll(deps, pending);
      return batch.map(({ message }) => outcomes.get(message.id) ?? unsettled.get(message.data) ?? DONE);
    } catch (error) {
      traceFailedBatch(
        batch.map(({ message }) => originOf(message)),
        error,
      );
      return batch.map((delivery) => outcomeOfError(error, delivery));
    }
  };
}

function outcomeOfError(error: unknown, { message }: Delivery<WorkItem>): Outcome {
  if (error instanceof EventStoreUnavailableError) return { kind: 'retry', reason: error.code };
  if (error instanceof RecordVersionMissingError) return { kind: 'retry', reason: error.code };
  return { kind: 'retry', reason: `${error instanceof Error ? error.name : 'unknown error'} in ${message.type}` };
}

/** The versions that a work item is judged by. */
export function versionsOf(item: WorkItem): readonly WorkSide[] {
  if (item.kind === 'end') return [];
  return item.right === null ? [item.left] : [item.left, item.right];
}

function commandOf(deps: ReconcilerDeps, item: WorkItem, load: (ref: VersionRef) => RecordVersion): JudgementCommand {
  if (item.kind === 'end') return { type: 'end-reconciliation', why: item.why, asOf: item.asOf };
  const verdict = verdictOf(deps, item, load);
  return {
    type: 'record-verdict',
    verdict,
    verdictId: derivedId(item.cause.eventId, item.reconciliation, item.asOf, item.rulesHash),
  };
}

/** What a work item's check says of the two versions. Pure; throws `UnknownRulesError`. */
export function verdictOf(
  deps: Pick<ReconcilerDeps, 'hash' | 'units' | 'rulesOf'>,
  item: JudgeItem,
  load: (ref: VersionRef) => RecordVersion,
): Verdict {
  const rules = deps.rulesOf(item.rulesHash);
  if (rules === undefined) throw new UnknownRulesError(`no rules with hash ${item.rulesHash}`);
  const { record, left, right, versions } = sidesOf(item, load);
  const part =
    item.check === 'duplicate' ? WHOLE_RECORD : partsOf(item.check, left).find(({ index }) => index === item.part);
  if (part === undefined) throw new RangeError(`${item.check} has no part ${item.part}`);
  const { check, found } = item;
  const judgement = judge({ check, record, left, part, right, found, rules, units: deps.units });
  return {
    check: item.check,
    outcome: judgement.outcome,
    codes: judgement.codes,
    findings: judgement.findings,
    left: versions.left,
    right: versions.right,
    rules: rules.version,
    rulesHash: item.rulesHash,
    asOf: item.asOf,
    valuesHash: deps.hash('values', ...judgement.values.map((value) => (value === null ? '' : `=${value}`))),
    ward: judgement.ward,
  };
}

/** The two contents. Of a pair of residents, the one with the smaller key is the left one. */
function sidesOf(item: JudgeItem, load: (ref: VersionRef) => RecordVersion) {
  const left = load(item.left);
  const right = item.right === null ? null : load(item.right);
  if (item.check === 'duplicate' && right !== null && right.key < left.key) {
    return {
      record: right.record,
      left: right.content,
      right: left.content,
      versions: { left: refOf(item.right ?? item.left), right: refOf(item.left) },
    };
  }
  return {
    record: left.record,
    left: left.content,
    right: right?.content ?? null,
    versions: { left: refOf(item.left), right: item.right && refOf(item.right) },
  };
}

/** What a verdict says of a side. */
const refOf = ({ stream, version }: VersionRef): VersionRef => ({ stream, version });

/** Rules that this version of the hub does not have. */
export class UnknownRulesError extends Error {
  override readonly name = 'UnknownRulesError';
  readonly code = 'unknown-rules';
}

/** Decides and appends until every judgement is in, or was not needed. Returns what could not be settled. */
async function appendAll(deps: ReconcilerDeps, all: readonly Pending[]): Promise<ReadonlyMap<WorkItem, Outcome>> {
  let open = [...all];
  for (let round = 0; open.length > 0 && round < MAX_ROUNDS; round += 1) {
    await loadStates(
      deps,
      open.filter((pending) => round > 0 || !startsStream(pending)),
    );
    const appends: { readonly pending: Pending; readonly append: Append }[] = [];
    for (const pending of open) {
      if (clearsNothing(pending)) continue;
      const decision = decide(pending.command, pending.state ?? initialState);
      const isNews = decision.ok && decision.events.length > 0;
      pending.span ??= traceJudgement(pending, verdictIn(pending.command), isNews);
      if (!isNews) {
        endUnchanged(pending);
        continue;
      }
      const events = decision.events.map((event, index) => newEvent(deps, pending, event, index));
      appends.push({ pending, append: { stream: pending.item.reconciliation, expected: pending.version, events } });
    }
    const results = await deps.store.append(appends.map(({ append }) => append));
    open = appends.flatMap(({ pending }, index) => (results[index]?.ok === true ? [] : [pending]));
    for (const [index, { pending }] of appends.entries()) {
      const result = results[index];
      if (result?.ok === true && result.repeated) endUnchanged(pending);
      else if (result?.ok === true) pending.span?.end();
      if (result?.ok === true && !result.repeated && pending.command.type === 'record-verdict')
        deps.onVerdict?.(pending.command.verdict);
    }
  }
  return new Map(open.map(({ item }) => [item, { kind: 'retry', reason: 'reconciliation-contended' }]));
}

/** Whether the judgement is likely the first of its stream: then the append itself tells, without a look-up. */
function startsStream({ item }: Pending): boolean {
  return item.kind === 'judge' && item.check !== 'duplicate';
}

const verdictIn = (command: JudgementCommand): Verdict | undefined =>
  command.type === 'record-verdict' ? command.verdict : undefined;

/** Two residents that are no suspects, and never were: there is no line for them, so no stream either. */
function clearsNothing({ command, state }: Pending): boolean {
  return (
    command.type === 'record-verdict' &&
    command.verdict.check === 'duplicate' &&
    command.verdict.outcome !== 'MISMATCHED' &&
    (state === undefined || state.phase === 'unjudged' || state.phase === 'ended')
  );
}

async function loadStates(deps: ReconcilerDeps, pending: readonly Pending[]): Promise<void> {
  for (const one of pending) {
    let state = initialState;
    let next = 0;
    for (;;) {
      const events = await deps.store.readStream(one.item.reconciliation, { from: next });
      for (const event of events) state = evolve(state, event);
      next += events.length;
      if (events.length < 1000) break;
    }
    one.state = state;
    one.version = next === 0 ? 'no-stream' : next - 1;
  }
}

function newEvent(deps: ReconcilerDeps, { item, span }: Pending, event: DecidedEvent, index: number): NewEvent {
  return {
    ...event,
    id: event.id ?? derivedId(item.cause.eventId, item.reconciliation, item.asOf, index),
    occurredAt: toTimestamp(deps.clock()),
    correlationId: item.cause.correlationId,
    causationId: item.cause.eventId,
    traceparent: span?.traceparent ?? item.cause.traceparent,
    actor: 'reconciler',
  };
}
