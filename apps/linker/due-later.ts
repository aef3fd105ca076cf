import type { Cause } from '#contracts/work';
import type { RecordVersions } from '#libs/record-versions';
import { tracing } from '#libs/telemetry';
import type { Affected } from './affected.ts';
import type { LinkerIndex } from './linker-index.ts';
import { factsOf } from './record-facts.ts';

/** Takes a slice of what was held back: it is judged now, as of the change that made it due. */
export function releaseHeld(index: LinkerIndex, limit: number, affected: Affected): void {
  for (const { record, slot, asOf, cause } of index.due.heldItems(limit)) {
    affected.addSlot(record, slot, asOf, JSON.parse(cause) as Cause);
    index.due.unhold(record, slot);
  }
  for (const { one, other, asOf, cause } of index.due.heldPairs(limit)) {
    affected.addPair(one, other, asOf, JSON.parse(cause) as Cause);
    index.due.unholdPair(one, other);
  }
}

/** Whether something is held that would be released now. */
export function holdsAnything(index: LinkerIndex): boolean {
  return index.due.heldItems(1).length > 0 || index.due.heldPairs(1).length > 0;
}

/** Holds everything that is due, other than ends: those do not depend on where a page ends. */
export function holdAll(index: LinkerIndex, { slots, pairs }: Affected): void {
  for (const { what, asOf, cause } of slots.values()) index.due.hold({ ...what, asOf, cause: JSON.stringify(cause) });
  for (const { what, asOf, cause } of pairs.values())
    index.due.holdPair({ one: what[0], other: what[1], asOf, cause: JSON.stringify(cause) });
  slots.clear();
  pairs.clear();
}

interface RejudgingDeps {
  readonly index: LinkerIndex;
  readonly versions: RecordVersions;
  readonly settings: { readonly sliceRecords: number; readonly maxPairsPerLikeness: number };
}

/**
 * Takes a slice of all records: after an activation of rules, everything is judged again, as of the activation. Answers how many
 * records that were.
 */
export async function affectedByRejudging(deps: RejudgingDeps, affected: Affected): Promise<number> {
  const { index, settings } = deps;
  const job = index.due.rejudging();
  if (job === undefined) return 0;
  const ids = index.recordsAfter(job.after, settings.sliceRecords);
  const last = ids.at(-1);
  if (last === undefined) {
    index.due.finishRejudging();
    return 0;
  }
  const cause = JSON.parse(job.cause) as Cause;
  // Each slice is a trace of its own: all of them in that of the activation would be more than anyone can look at.
  const span = tracing().start('judge again', {
    ...(tracing().enabled ? { links: [cause.traceparent] } : { parent: cause.traceparent }),
    attributes: { 'khop.records': ids.length },
  });
  await affectedRecords(deps, ids, job.asOf, { ...cause, traceparent: span.traceparent }, affected);
  span.end();
  index.due.advanceRejudging(last);
  return ids.length;
}

/** Everything that is judged of these records: each of their parts, and each pair that they are the first of. */
export async function affectedRecords(
  { index, versions, settings }: RejudgingDeps,
  ids: readonly number[],
  asOf: number,
  cause: Cause,
  affected: Affected,
): Promise<void> {
  const records = ids.flatMap((id) => index.record(id) ?? []).filter((record) => !record.withdrawn);
  const load = await versions.load(records);
  for (const record of records) {
    const version = load(record);
    const facts = factsOf(version.record, version.content);
    for (const part of facts.parts) affected.addSlot(record.id, part.slot, asOf, cause);
    for (const { key } of facts.likenesses) {
      for (const other of index.recordsAlike(key, settings.maxPairsPerLikeness)) {
        if (other > record.id) affected.addPair(record.id, other, asOf, cause);
      }
    }
  }
}
