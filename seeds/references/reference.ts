import type { PersonRef } from '#contracts/records';
import type { Check } from '#contracts/verdicts';
import { emitTruth, type Block, type TruthKey } from '../block.ts';
import { fullRef, type Person } from '../people/person.ts';
import type { Planter } from '../planter.ts';
import { expectationOf, PLAIN, type Expectation, type VariationName } from '../variations/index.ts';

/** A mention of a resident in a record of another registry, about to be written. */
export interface Reference {
  ref: PersonRef;
  readonly person: Person;
  /** The record's key rests on the same number: it must stay as it is. */
  readonly numberFixed: boolean;
}

/** Changes a draft and says true, or leaves it alone and says false. */
export type Applier<Draft> = (draft: Draft, block: Block) => boolean;

/** A draft as it ended up, and what its check must say of it. */
export interface Mention<Draft, Name extends VariationName> {
  readonly draft: Draft;
  readonly expectation: Expectation;
  readonly variations: readonly VariationName[];
  /** What was planted in the draft, as against in the resident. */
  readonly planted: Name | undefined;
}

export interface MentionPlan<Draft extends Reference, Name extends VariationName> {
  readonly check: Check;
  readonly planter: Planter<Name>;
  readonly appliers: Readonly<Record<Name, Applier<Draft>>>;
  /** Whom to mention for that variation, or for none; undefined where nobody will do. */
  readonly choose: (name: Name | undefined) => Person | undefined;
  readonly draft: (person: Person) => Draft;
}

/**
 * Mentions somebody, with at most one variation: one of the plan's in the record, or the one that the resident has.
 *
 * @returns undefined where there is nobody to mention
 */
export function mention<Draft extends Reference, Name extends VariationName>(
  block: Block,
  plan: MentionPlan<Draft, Name>,
): Mention<Draft, Name> | undefined {
  let draft: Draft | undefined;
  const planted = plan.planter.plant(block.random, (name) => {
    const person = plan.choose(name);
    if (person === undefined || person.variation !== undefined) return false;
    const tried = plan.draft(person);
    if (!plan.appliers[name](tried, block)) return false;
    draft = tried;
    return true;
  });
  if (draft !== undefined && planted !== undefined) {
    draft.person.mentions += 1;
    const expectation = expectationOf(planted, plan.check) ?? PLAIN;
    return { draft, expectation, variations: [planted], planted };
  }
  const person = plan.choose(undefined);
  if (person === undefined) return undefined;
  person.mentions += 1;
  return { draft: plan.draft(person), ...seenOf(person, plan.check), planted: undefined };
}

/** What a check sees of a resident whom a record mentions without a variation of its own. */
export function seenOf(
  person: Person,
  check: Check,
): { readonly expectation: Expectation; readonly variations: readonly VariationName[] } {
  const expectation = person.variation === undefined ? undefined : expectationOf(person.variation, check);
  if (expectation === undefined || person.variation === undefined) return { expectation: PLAIN, variations: [] };
  return { expectation, variations: [person.variation] };
}

/** A plain mention of a resident. */
export function referenceTo(person: Person, numberFixed = false): Reference {
  return { ref: fullRef(person), person, numberFixed };
}

/** Hands out the truth of a check of a person against the residents. */
export function emitPersonTruth(
  block: Block,
  check: Check,
  key: Omit<TruthKey, 'counterpart'>,
  person: Person | undefined,
  { expectation, variations }: Pick<Mention<unknown, VariationName>, 'expectation' | 'variations'>,
): void {
  const counterpart = person === undefined ? null : ({ registry: 'residents', recordKey: person.personalId } as const);
  emitTruth(block, check, { ...key, counterpart }, expectation, variations);
}
