import type { Cause } from '#contracts/work';
import type { RecordVersions } from '#libs/record-versions';
import type { Affected } from './affected.ts';
import type { LinkerIndex } from './linker-index.ts';
import { factsOf } from './record-facts.ts';

/** Takes a slice of what was held back: it is judged now, as of the change that made it due. */
export function releaseHeld(index: LinkerIndex, limit: number, affected: Affected): void {
  for (const { record, slot, asOf, cause } of index.heldItems(limit)) {
    affected.addSlot(record, slot, asOf, JSON.parse(cause) as Cause);
    index.unhold(record, slot);
  }
  for (const { one, other, asOf, cause } of index.heldPairs(limit)) {
    affected.addPair(one, other, asOf, JSON.parse(cause) as Cause);
    index.unholdPair(one, other);
  }
}

/** Whether something is held that would be released now. */
export function holdsAnything(index: LinkerIndex): boolean {
  return index.heldItems(1).length > 0 || index.heldPairs(1).length > 0;
}

/** Holds everything that is due, other than ends: those do not depend on where a page ends. */
export function holdAll(index: LinkerIndex, { slots, pairs }: Affected): void {
  for (const { what, asOf, cause } of slots.values()) index.hold({ ...what, asOf, cause: JSON.stringify(cause) });
  for (const { what, asOf, cause } of pairs.values())
    index.holdPair({ one: what[0], other: what[1], asOf, cause: JSON.stringify(cause) });
  slots.clear();
  pairs.clear();
}

/** Takes a slice of all records: after an activation of rules, everything is judged again, as of the activation. */
export async function affectedByRejudging(
  deps: {
    readonly index: LinkerIndex;
    readonly versions: RecordVersions;
    readonly settings: { readonly sliceRecords: number; readonly maxPairsPerLikeness: number };
  },
  affected: Affected,
): Promise<void> {
  const { index, versions, settings } = deps;
  const job = index.rejudging();
  if (job === undefined) return;
  const ids = index.recordsAfter(job.after, settings.sliceRecords);
  const last = ids.at(-1);
  if (last === undefined) {
    index.finishRejudging();
    return;
  }
  const cause = JSON.parse(job.cause) as Cause;
  const records = ids.flatMap((id) => index.record(id) ?? []).filter((record) => !record.withdrawn);
  const load = await versions.load(records);
  for (const record of records) {
    const version = load(record);
    const facts = factsOf(version.record, version.content);
    for (const part of facts.parts) affected.addSlot(record.id, part.slot, job.asOf, cause);
    for (const { key } of facts.likenesses) {
      for (const other of index.recordsAlike(key, settings.maxPairsPerLikeness)) {
        if (other > record.id) affected.addPair(record.id, other, job.asOf, cause);
      }
    }
  }
  index.advanceRejudging(last);
}
