import type { Check } from '#contracts/verdicts';
import type { Random } from './random.ts';
import type { Variation, VariationName } from './variations/index.ts';

/** Share of what a variation can be planted in, by its name. */
export type Rates = (name: VariationName) => number;

/** Decides which of the variations of one check is planted where. */
export interface Planter<Name extends VariationName> {
  /**
   * Plants at most one variation. `apply` changes the draft and says true, or leaves everything as it is and says false where
   * the values do not allow the variation; it is then put off to a later draft.
   */
  plant(random: Random, apply: (name: Name) => boolean): Name | undefined;
}

/** How many of one variation wait for a draft that allows them; more are given up. */
const MAX_PUT_OFF = 3;

export function createPlanter<Name extends VariationName>(
  check: Check,
  variations: readonly (Variation & { readonly name: Name })[],
  rates: Rates,
): Planter<Name> {
  const steps: { readonly name: Name; readonly upTo: number }[] = [];
  let upTo = 0;
  for (const { name, checks } of variations) {
    const rate = checks.includes(check) ? rates(name) : 0;
    if (rate <= 0) continue;
    upTo += rate;
    steps.push({ name, upTo });
  }
  const putOff: Name[] = [];
  const wait = (name: Name): void => {
    if (putOff.filter((waiting) => waiting === name).length < MAX_PUT_OFF) putOff.push(name);
  };
  return {
    plant(random, apply) {
      const drawn = random.next();
      const name = drawn < upTo ? steps.find((step) => drawn < step.upTo)?.name : undefined;
      for (const [place, waiting] of putOff.entries()) {
        if (!apply(waiting)) continue;
        putOff.splice(place, 1);
        if (name !== undefined) wait(name);
        return waiting;
      }
      if (name === undefined) return undefined;
      if (apply(name)) return name;
      wait(name);
      return undefined;
    },
  };
}
