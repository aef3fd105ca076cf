import type { PersonRef } from '#contracts/records';
import type { Finding } from '#contracts/verdicts';
import type { Block } from '../block.ts';
import { fullRef, type Person, type Relative } from '../people/person.ts';
import { isResident, type Couple } from '../people/population.ts';
import { mention, referenceTo, seenOf } from '../references/reference.ts';
import {
  expectationOf,
  matched,
  mismatched,
  PLAIN,
  type Expectation,
  type VariationName,
} from '../variations/index.ts';
import { MARRIAGE_APPLIERS } from './marriage-appliers.ts';

/** One spouse in a marriage's record, and what the check of this spouse must say. */
export interface Part {
  readonly ref: PersonRef;
  /** The resident; undefined for a foreigner. */
  readonly person: Person | undefined;
  readonly expectation: Expectation;
  readonly variations: readonly VariationName[];
}

/** Both spouses, the husband first, and what was planted in the record or at the spouses for its sake. */
export interface Parts {
  readonly parts: readonly [husband: Part, wife: Part];
  readonly planted: readonly VariationName[];
}

/** @returns undefined where the couple must have no record, because its truth would not be clear */
export function partsOf(block: Block, couple: Couple): Parts | undefined {
  const { husband, wife, status } = couple;
  if (!isResident(husband) || !isResident(wife)) return foreignParts(husband, wife);
  if (status !== 'IN_FORCE') return endedParts(block, husband, wife, status);
  const varied = block.random.chance(0.5) ? husband : wife;
  const other = varied === husband ? wife : husband;
  const mayVary = husband.variation === undefined && wife.variation === undefined;
  const mentioned = mention(block, {
    check: 'marriage',
    planter: block.planters.marriage,
    appliers: MARRIAGE_APPLIERS,
    choose: (name) => (mayVary || name === undefined ? varied : undefined),
    draft: (person) => referenceTo(person),
  });
  if (mentioned === undefined) return undefined;
  const { draft, expectation, variations, planted } = mentioned;
  const first: Part = { ref: draft.ref, person: varied, expectation, variations };
  const second = planted === undefined ? plainPart(other) : besideName(plainPart(other), expectation, planted);
  return {
    parts: varied === husband ? [first, second] : [second, first],
    planted: planted === undefined ? [] : [planted],
  };
}

function plainPart(person: Person): Part {
  person.mentions += 1;
  return { ref: fullRef(person), person, ...seenOf(person, 'marriage') };
}

/** A name that is written otherwise is the other spouse's `spouse.fullName`. */
function besideName(part: Part, expectation: Expectation, planted: VariationName): Part {
  const name = expectation.fields.find(({ field }) => field === 'fullName');
  if (name === undefined) return part;
  const field: Finding = { ...name, field: 'spouse.fullName' };
  const differs = field.verdict === 'SIMILAR' || field.verdict === 'DIFFERENT';
  return {
    ...part,
    expectation: differs ? mismatched(['FIELD_MISMATCH'], field) : matched(field),
    variations: [planted],
  };
}

function foreignParts(husband: Person | Relative, wife: Person | Relative): Parts {
  const planted = ['foreign-spouse'] as const;
  const part = (spouse: Person | Relative): Part =>
    isResident(spouse)
      ? plainPart(spouse)
      : {
          ref: fullRef(spouse),
          person: undefined,
          expectation: expectationOf('foreign-spouse', 'marriage') ?? PLAIN,
          variations: planted,
        };
  return { parts: [part(husband), part(wife)], planted };
}

function endedParts(block: Block, husband: Person, wife: Person, status: 'DIVORCED' | 'ANNULLED'): Parts | undefined {
  if (husband.variation !== undefined || wife.variation !== undefined) return undefined;
  const { random, rates } = block;
  if (!random.chance(rates('divorced'))) return undefined;
  const planted: VariationName[] = ['divorced'];
  const part = (person: Person): Part => {
    const forgotten = status === 'DIVORCED' && random.chance(rates('divorce-not-recorded'));
    const name = forgotten ? 'divorce-not-recorded' : 'divorced';
    if (forgotten) {
      person.recorded.maritalStatus = 'SINGLE';
      planted.push(name);
    }
    return { ...plainPart(person), expectation: expectationOf(name, 'marriage') ?? PLAIN, variations: [name] };
  };
  return { parts: [part(husband), part(wife)], planted };
}
