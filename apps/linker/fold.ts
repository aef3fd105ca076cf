import type { RecordVersion } from '#contracts/events';
import { CHECKS } from '#contracts/verdicts';
import type { Cause } from '#contracts/work';
import type { Affected } from './affected.ts';
import { mentionKey } from './identifier-key.ts';
import type { LinkerIndex } from './linker-index.ts';
import { NO_FACTS, type Likeness, type RecordFacts } from './record-facts.ts';

/** A change of a record, ready to be folded. */
export interface RecordChange {
  /** Position of the first event of the record's stream: the record's id in the index. */
  readonly id: number;
  readonly position: number;
  readonly cause: Cause;
  readonly next: RecordVersion;
  /** The version that was current until now. */
  readonly previous: RecordVersion | undefined;
}

export interface FoldBounds {
  /** More holders of one number than this make it a placeholder: no pairs come of it. */
  readonly maxNumberHolders: number;
  readonly maxPairsPerLikeness: number;
  /** Of those who mention one identifier, so many are judged at once; the others are held, and judged in slices. */
  readonly maxMentionsAtOnce: number;
}

/**
 * Folds one change into the index and notes what is to be judged because of it: the record's own parts, whoever mentions
 * its identifiers, and whoever is like it. Returns the numbers that have just become placeholders. Throws, before
 * anything is written, where the record can't be understood.
 */
export function foldChange(
  index: LinkerIndex,
  change: RecordChange,
  bounds: FoldBounds,
  affected: Affected,
): readonly number[] {
  const { facts } = affected;
  const { id, position, cause, next, previous } = change;
  const before = previous === undefined ? NO_FACTS : facts.of(previous);
  const after = facts.of(next);

  index.putRecord({ id, stream: next.stream, version: next.version, position, withdrawn: next.withdrawn });
  foldParts(index, change, before, after, affected);

  exchange(
    before.identifiers,
    after.identifiers,
    (key) => index.removeIdentifier(key, id),
    (key) => index.addIdentifier(key, id),
  );
  for (const key of union(before.identifiers, after.identifiers)) {
    const mentioned = mentionKey(key);
    const mentions = index.mentionsOf(mentioned, bounds.maxMentionsAtOnce);
    for (const mention of mentions) affected.addSlot(mention.record, mention.slot, position, cause);
    const last = mentions.at(-1);
    if (last === undefined || mentions.length < bounds.maxMentionsAtOnce) continue;
    index.holdMentionsAfter(mentioned, last, position, JSON.stringify(cause));
  }
  return foldLikenesses(index, change, before.likenesses, after.likenesses, bounds, affected);
}

/** Looks up together what folding these changes will ask for. What can't be understood is met again when it is folded. */
export function lookAhead(index: LinkerIndex, versions: Iterable<RecordVersion>, { facts }: Affected): void {
  const identifiers: number[] = [];
  const likenesses: number[] = [];
  for (const version of versions) {
    try {
      const { identifiers: keys, likenesses: alike } = facts.of(version);
      identifiers.push(...keys);
      for (const { key } of alike) likenesses.push(key);
    } catch {
      continue;
    }
  }
  index.loadIdentifiers(identifiers);
  index.loadMentions(identifiers.map(mentionKey));
  index.loadLikenesses(likenesses);
}

function foldParts(
  index: LinkerIndex,
  change: RecordChange,
  before: RecordFacts,
  after: RecordFacts,
  affected: Affected,
): void {
  const { id, position, cause, next } = change;
  for (const part of before.parts) {
    for (const key of part.mentions) index.removeMention(key, id, part.slot);
    index.due.unhold(id, part.slot);
    if (!after.parts.some((other) => other.check === part.check && other.identity === part.identity)) {
      const why = next.withdrawn ? 'record-withdrawn' : 'person-left';
      affected.addEnded(
        { stream: next.stream, check: CHECKS.indexOf(part.check), identity: part.identity, why },
        position,
        cause,
      );
    }
  }
  for (const part of after.parts) {
    for (const key of part.mentions) index.addMention(key, id, part.slot);
    affected.addSlot(id, part.slot, position, cause);
  }
}

function foldLikenesses(
  index: LinkerIndex,
  { id, position, cause }: RecordChange,
  before: readonly Likeness[],
  after: readonly Likeness[],
  { maxNumberHolders, maxPairsPerLikeness }: FoldBounds,
  affected: Affected,
): readonly number[] {
  const keysBefore = new Map(before.map(({ key, isNumber }) => [key, isNumber]));
  const keysAfter = new Map(after.map(({ key, isNumber }) => [key, isNumber]));
  const placeholders: number[] = [];
  for (const [key, isNumber] of new Map([...keysBefore, ...keysAfter])) {
    const was = keysBefore.has(key);
    const is = keysAfter.has(key);
    if (was && !is) index.removeLikeness(key, id);
    if (!was && is) index.addLikeness(key, id);

    const holders = index.recordsAlike(key, isNumber ? maxNumberHolders + 2 : maxPairsPerLikeness);
    const crossed =
      isNumber &&
      ((!was && is && holders.length === maxNumberHolders + 1) || (was && !is && holders.length === maxNumberHolders));
    if (crossed) {
      if (is) placeholders.push(key);
      for (const one of holders)
        for (const other of holders) if (one < other) affected.addPair(one, other, position, cause);
    }
    if (isNumber && holders.length > maxNumberHolders && !crossed) continue;
    for (const other of holders) if (other !== id) affected.addPair(id, other, position, cause);
  }
  return placeholders;
}

function exchange(
  before: readonly number[],
  after: readonly number[],
  remove: (key: number) => void,
  add: (key: number) => void,
): void {
  for (const key of before) if (!after.includes(key)) remove(key);
  for (const key of after) if (!before.includes(key)) add(key);
}

const union = (left: readonly number[], right: readonly number[]): ReadonlySet<number> => new Set([...left, ...right]);
