import type { RecordVersion } from '#contracts/events';
import { reconciliationStream } from '#contracts/events';
import { CHECKS } from '#contracts/verdicts';
import type { Cause, Found, WorkItem, WorkSide } from '#contracts/work';
import { duplicateKeysOf } from '#libs/domain/matching';
import { reconciliationOf, reconciliationOfPair, shortHash, type Clock, type KeyedHash } from '#libs/platform';
import type { RecordVersions } from '#libs/record-versions';
import type { Affected, AffectedSlot } from './affected.ts';
import type { IndexedRecord } from './index-rows.ts';
import type { LinkerIndex } from './linker-index.ts';
import type { KeyedIdentifier, PartFacts } from './record-facts.ts';

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

/** A part of a record that is to be judged, with the version that it stands in. */
interface DuePart {
  readonly what: AffectedSlot;
  readonly asOf: number;
  readonly cause: Cause;
  readonly left: IndexedRecord;
  readonly version: RecordVersion;
  readonly part: PartFacts;
}

/** Turns what a page made due into work items: for each, the two current versions, and how the second was found. */
export async function workItemsOf(deps: WorkItemDeps, affected: Affected): Promise<readonly WorkItem[]> {
  const { index, versions } = deps;
  const lefts = leftsOf(index, affected);
  const load = await versions.load([...lefts.values()].filter((record) => !record.withdrawn));
  const parts = duePartsOf(affected, lefts, load);
  lookAheadForRights(index, parts);

  const items: WorkItem[] = [];
  for (const { what, asOf, cause } of affected.ended.values()) {
    const check = CHECKS[what.check];
    if (check === undefined) continue;
    const reconciliation = reconciliationStream(check, reconciliationOf(deps.hash, check, what.stream, what.identity));
    items.push({ kind: 'end', reconciliation, check, why: what.why, asOf, cause });
  }
  const absenceIsHeld = index.isIntakeRunning(deps.clock() - deps.settings.absenceHoldMinutes * 60_000);
  const touchesSuspended = (one: IndexedRecord, other: IndexedRecord | undefined): boolean =>
    index.isSuspended(one.stream) || (other !== undefined && index.isSuspended(other.stream));

  for (const due of parts) {
    const { item, right } = itemOfPart(deps, due);
    if (touchesSuspended(due.left, right)) continue;
    const { record, slot } = due.what;
    if (absenceIsHeld && item.kind === 'judge' && item.found.kind === 'not-found') {
      index.due.hold({ record, slot, asOf: due.asOf, cause: JSON.stringify(due.cause) });
      continue;
    }
    index.due.unhold(record, slot);
    items.push(item);
  }
  for (const { what, asOf, cause } of affected.pairs.values()) {
    const one = lefts.get(what[0]);
    const other = lefts.get(what[1]);
    if (one === undefined || other === undefined || touchesSuspended(one, other)) continue;
    items.push(itemOfPair(deps, one, other, load, asOf, cause));
  }
  return items;
}

/** The records that something is due of, by id. */
function leftsOf(index: LinkerIndex, { slots, pairs }: Affected): ReadonlyMap<number, IndexedRecord> {
  const ids: number[] = [];
  for (const { what } of slots.values()) ids.push(what.record);
  for (const { what } of pairs.values()) ids.push(...what);
  index.loadRecords(ids);
  const lefts = new Map<number, IndexedRecord>();
  for (const id of ids) {
    if (lefts.has(id)) continue;
    const record = index.record(id);
    if (record !== undefined) lefts.set(id, record);
  }
  return lefts;
}

function duePartsOf(
  { slots, facts }: Affected,
  lefts: ReadonlyMap<number, IndexedRecord>,
  load: (record: IndexedRecord) => RecordVersion,
): readonly DuePart[] {
  const due: DuePart[] = [];
  for (const { what, asOf, cause } of slots.values()) {
    const left = lefts.get(what.record);
    if (left === undefined || left.withdrawn) continue;
    const version = load(left);
    const part = facts.of(version).parts.find(({ slot }) => slot === what.slot);
    if (part !== undefined) due.push({ what, asOf, cause, left, version, part });
  }
  return due;
}

function lookAheadForRights(index: LinkerIndex, parts: readonly DuePart[]): void {
  const keys = parts.flatMap(({ part }) => part.identifiers.map(({ key }) => key));
  index.loadIdentifiers(keys);
  index.loadRecords(keys.flatMap((key) => index.recordsIdentifiedBy(key)));
}

function itemOfPart(
  deps: WorkItemDeps,
  { left, version, part, asOf, cause }: DuePart,
): { readonly item: WorkItem; readonly right: IndexedRecord | undefined } {
  const { check, lookup, identifiers } = part;
  const reconciliation = reconciliationStream(check, reconciliationOf(deps.hash, check, left.stream, part.identity));
  const { found, right } =
    lookup === 'identifier'
      ? resolve(deps.index, identifiers)
      : { found: { kind: 'lookup', why: lookup } as const, right: undefined };
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
function resolve(index: LinkerIndex, identifiers: readonly KeyedIdentifier[]): Counterpart {
  for (const { type, key } of identifiers) {
    const records = index.recordsIdentifiedBy(key);
    if (records.length > 1) return { found: { kind: 'ambiguous' }, right: undefined };
    const right = records[0] === undefined ? undefined : index.record(records[0]);
    if (right !== undefined) return { found: { kind: 'found', by: type }, right };
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
