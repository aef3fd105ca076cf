import { hash } from 'node:crypto';
import type { RecordContent, RecordType } from '#contracts/records';
import { CHECKS, type Check } from '#contracts/verdicts';
import { checksFrom, duplicateKeysOf, identifiersOf, lookupOf, partsOf, type Identifier } from '#libs/domain/matching';
import { identifierKey, mentionKey } from './identifier-key.ts';

/** One person (or the whole) of a record that a check judges. */
export interface PartFacts {
  readonly check: Check;
  /** Place among the parts that the check has in this version. */
  readonly index: number;
  /** Check and place in one number. */
  readonly slot: number;
  readonly identity: string;
  /** Index keys of the identifiers that the part is looked up by. */
  readonly mentions: readonly number[];
}

/** A key that two records share when they may be one person. */
export interface Likeness {
  readonly key: number;
  /** True when it is an identity number, which may be a placeholder that many hold. */
  readonly isNumber: boolean;
}

/** What the index holds of a version of a record. */
export interface RecordFacts {
  readonly identifiers: readonly number[];
  readonly parts: readonly PartFacts[];
  readonly likenesses: readonly Likeness[];
}

export const NO_FACTS: RecordFacts = { identifiers: [], parts: [], likenesses: [] };

const SLOTS_PER_CHECK = 1024;
export const slotOf = (check: Check, part: number): number => CHECKS.indexOf(check) * SLOTS_PER_CHECK + part;
export const checkOfSlot = (slot: number): Check => {
  const check = CHECKS[Math.floor(slot / SLOTS_PER_CHECK)];
  if (check === undefined) throw new RangeError(`no check has slot ${slot}`);
  return check;
};
export const partOfSlot = (slot: number): number => slot % SLOTS_PER_CHECK;

/** Everything that the index needs to know of a record; pure. */
export function factsOf(record: RecordType, content: RecordContent): RecordFacts {
  return {
    identifiers: distinctKeys(identifiersOf(record, content)),
    parts: checksFrom(record).flatMap((check) =>
      partsOf(check, content).map((part) => {
        const lookup = lookupOf(check, content, part);
        return {
          check,
          index: part.index,
          slot: slotOf(check, part.index),
          identity: part.identity,
          mentions: lookup.kind === 'identifier' ? [...new Set(distinctKeys(lookup.identifiers).map(mentionKey))] : [],
        };
      }),
    ),
    likenesses:
      record === 'resident' && 'personalId' in content
        ? duplicateKeysOf(content).map((text) => ({ key: shortHash(text), isNumber: text.startsWith('cmnd9:') }))
        : [],
  };
}

function distinctKeys(identifiers: readonly Identifier[]): readonly number[] {
  const keys = new Set<number>();
  for (const identifier of identifiers) {
    const key = identifierKey(identifier);
    if (key !== undefined) keys.add(key);
  }
  return [...keys];
}

/** 52 bits: likeness only proposes pairs, and each pair is judged by its values. */
export function shortHash(text: string): number {
  return Number.parseInt(hash('sha1', text, 'hex').slice(0, 13), 16);
}
