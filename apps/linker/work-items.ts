import type { RecordVersion } from '#contracts/events';
import { reconciliationStream } from '#contracts/events';
import { CHECKS } from '#contracts/verdicts';
import type { Cause, Found, WorkItem, WorkSide } from '#contracts/work';
import { duplicateKeysOf, lookupOf, partsOf } from '#libs/domain/matching';
import { reconciliationOf, reconciliationOfPair, type Clock, type KeyedHash } from '#libs/platform';
import type { RecordVersions } from '#libs/record-versions';
import type { Affected, AffectedSlot } from './affected.ts';
import { identifierKey } from './identifier-key.ts';
import type { IndexedRecord } from './index-rows.ts';
import type { LinkerIndex } from './linker-index.ts';
import { checkOfSlot, partOfSlot, shortHash } from './record-facts.ts';

export interface WorkItemDeps {
  readonly index: LinkerIndex;
  readonly versions: RecordVersions;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  readonly rulesHash: string;
  readonly settings: { readonly absenceHoldMinutes: number; readonly maxNumberHolders: number };
}

interface Counterpart {
  readonly found: Found;
  readonly right: IndexedRecord | undefined;
}

/** Turns what a page made due into work items: for each, the two current versions, and how the second was found. */
export async function workItemsOf(deps: WorkItemDeps, affected: Affected): Promise<readonly WorkItem[]> {
  const { index, versions } = deps;
  const lefts = new Map<number, IndexedRecord>();
  const recordOf = (id: number): IndexedRecord | undefined => {
    const known = lefts.get(id) ?? index.record(id);
    if (known !== undefined) lefts.set(id, known);
    return known;
  };
  for (const { what } of affected.slots.values()) recordOf(what.record);
  for (const { what } of affected.pairs.values()) what.forEach(recordOf);
  const load = await versions.load([...lefts.values()].filter((record) => !record.withdrawn));

  const items: WorkItem[] = [];
  for (const { what, asOf, cause } of affected.ended.values()) {
    const check = CHECKS[what.check];
    if (check === undefined) continue;
    const reconciliation = reconciliationStream(check, reconciliationOf(deps.hash, check, what.stream, what.identity));
    items.push({ kind: 'end', reconciliation, check, why: what.why, asOf, cause });
  }
  const absenceIsHeld = index.isIntakeRunning(deps.clock() - deps.settings.absenceHoldMinutes * 60_000);
  const touchesSuspended = (...records: (IndexedRecord | undefined)[]): boolean =>
    records.some((record) => record !== undefined && index.isSuspended(record.stream));

  for (const { what, asOf, cause } of affected.slots.values()) {
    const left = recordOf(what.record);
    if (left === undefined || left.withdrawn) continue;
    const item = itemOfSlot(deps, what, left, load(left), asOf, cause);
    if (item === undefined || touchesSuspended(left, item.right)) continue;
    if (absenceIsHeld && item.item.kind === 'judge' && item.item.found.kind === 'not-found') {
      index.hold({ ...what, asOf, cause: JSON.stringify(cause) });
      continue;
    }
    index.unhold(what.record, what.slot);
    items.push(item.item);
  }
  for (const { what, asOf, cause } of affected.pairs.values()) {
    const one = recordOf(what[0]);
    const other = recordOf(what[1]);
    if (one === undefined || other === undefined || touchesSuspended(one, other)) continue;
    items.push(itemOfPair(deps, one, other, load, asOf, cause));
  }
  return items;
}

function itemOfSlot(
  deps: WorkItemDeps,
  { slot }: AffectedSlot,
  left: IndexedRecord,
  version: RecordVersion,
  asOf: number,
  cause: Cause,
): { readonly item: WorkItem; readonly right: IndexedRecord | undefined } | undefined {
  const check = checkOfSlot(slot);
  const part = partsOf(check, version.content).find(({ index }) => index === partOfSlot(slot));
  if (part === undefined) return undefined;
  const reconciliation = reconciliationStream(check, reconciliationOf(deps.hash, check, left.stream, part.identity));
  const lookup = lookupOf(check, version.content, part);
  const { found, right } =
    lookup.kind === 'identifier'
      ? resolve(deps.index, lookup.identifiers)
      : { found: { kind: 'lookup', why: lookup.kind } as const, right: undefined };
  // A taxpayer whose enterprise exists has no line of its own: the enterprise's record is the one that is judged.
  if (check === 'tax-registration' && version.record === 'taxpayer' && found.kind === 'found') {
    return { item: { kind: 'end', reconciliation, check, why: 'not-due', asOf, cause }, right };
  }
  return {
    item: {
      kind: 'judge',
      reconciliation,
      check,
      left: sideOf(left),
      part: part.index,
      right: right === undefined ? null : sideOf(right),
      found,
      rulesHash: deps.rulesHash,
      asOf,
      cause,
    },
    right,
  };
}

const sideOf = ({ stream, version, position }: IndexedRecord): WorkSide => ({ stream, version, position });

/** The identifiers are tried in order; a number that leads to two records chooses none of them. */
function resolve(index: LinkerIndex, identifiers: readonly Parameters<typeof identifierKey>[0][]): Counterpart {
  for (const identifier of identifiers) {
    const key = identifierKey(identifier);
    const records = key === undefined ? [] : index.recordsIdentifiedBy(key);
    if (records.length > 1) return { found: { kind: 'ambiguous' }, right: undefined };
    const right = records[0] === undefined ? undefined : index.record(records[0]);
    if (right !== undefined) return { found: { kind: 'found', by: identifier.type }, right };
  }
  return { found: { kind: 'not-found' }, right: undefined };
}

function itemOfPair(
  deps: WorkItemDeps,
  one: IndexedRecord,
  other: IndexedRecord,
  load: (record: IndexedRecord) => RecordVersion,
  asOf: number,
  cause: Cause,
): WorkItem {
  const check = 'duplicate';
  const reconciliation = reconciliationStream(check, reconciliationOfPair(deps.hash, one.stream, other.stream));
  if (one.withdrawn || other.withdrawn || !areAlike(deps, load(one), load(other))) {
    return { kind: 'end', reconciliation, check, why: 'pair-dissolved', asOf, cause };
  }
  return {
    kind: 'judge',
    reconciliation,
    check,
    left: sideOf(one),
    part: 0,
    right: sideOf(other),
    found: { kind: 'found', by: 'PERSONAL_ID' },
    rulesHash: deps.rulesHash,
    asOf,
    cause,
  };
}

/** Whether the two share anything but placeholders. */
function areAlike({ index, settings }: WorkItemDeps, one: RecordVersion, other: RecordVersion): boolean {
  if (!('personalId' in one.content) || !('personalId' in other.content)) return false;
  const keys = new Set(duplicateKeysOf(other.content));
  return duplicateKeysOf(one.content).some(
    (key) =>
      keys.has(key) &&
      (!key.startsWith('cmnd9:') ||
        index.recordsAlike(shortHash(key), settings.maxNumberHolders + 1).length <= settings.maxNumberHolders),
  );
}
