import type { RecordVersion } from '#contracts/events';
import type { RecordContent, RecordType } from '#contracts/records';
import { CHECKS, type Check } from '#contracts/verdicts';
import {
  checksFrom,
  duplicateKeysOf,
  identifiersOf,
  lookupOf,
  partsOf,
  type Identifier,
  type Lookup,
} from '#libs/domain/matching';
import { shortHash } from '#libs/platform';
import { identifierKey, mentionKey } from './identifier-key.ts';

/** An identifier as the index has it. */
export interface KeyedIdentifier {
  readonly type: Identifier['type'];
  readonly key: number;
}

/** One person (or the whole) of a record that a check judges. */
export interface PartFacts {
  readonly check: Check;
  /** Place among the parts that the check has in this version. */
  readonly index: number;
  /** Check and place in one number. */
  readonly slot: number;
  readonly identity: string;
  readonly lookup: Lookup['kind'];
  /** What the counterpart is looked up by, in this order. */
  readonly identifiers: readonly KeyedIdentifier[];
  /** The same, as it is mentioned. */
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

/** Everything that the index needs to know of a record; pure. */
export function factsOf(record: RecordType, content: RecordContent): RecordFacts {
  return {
    identifiers: distinct(keyed(identifiersOf(record, content)).map(({ key }) => key)),
    parts: checksFrom(record).flatMap((check) =>
      partsOf(check, content).map((part) => {
        const lookup = lookupOf(check, content, part);
        const identifiers = lookup.kind === 'identifier' ? keyed(lookup.identifiers) : [];
        return {
          check,
          index: part.index,
          slot: slotOf(check, part.index),
          identity: part.identity,
          lookup: lookup.kind,
          identifiers,
          mentions: distinct(identifiers.map(({ key }) => mentionKey(key))),
        };
      }),
    ),
    likenesses:
      record === 'resident' && 'personalId' in content
        ? duplicateKeysOf(content).map((text) => ({ key: shortHash(text), isNumber: text.startsWith('cmnd9:') }))
        : [],
  };
}

/** The facts of versions, each found out once: a page asks for them when it is folded and when its work items are made. */
export class KnownFacts {
  readonly #known = new Map<RecordVersion, RecordFacts>();

  /** Throws what `factsOf` throws. */
  of(version: RecordVersion): RecordFacts {
    let facts = this.#known.get(version);
    if (facts === undefined) {
      facts = version.withdrawn ? NO_FACTS : factsOf(version.record, version.content);
      this.#known.set(version, facts);
    }
    return facts;
  }
}

function keyed(identifiers: readonly Identifier[]): readonly KeyedIdentifier[] {
  const all: KeyedIdentifier[] = [];
  for (const identifier of identifiers) {
    const key = identifierKey(identifier);
    if (key !== undefined) all.push({ type: identifier.type, key });
  }
  return all;
}

const distinct = (keys: readonly number[]): readonly number[] =>
  keys.length < 2 ? keys : keys.filter((key, index) => keys.indexOf(key) === index);
