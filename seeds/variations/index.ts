import { BIRTH_VARIATIONS, DEATH_VARIATIONS, DIVORCE_VARIATIONS, MARRIAGE_VARIATIONS } from './act-variations.ts';
import { BODY_VARIATIONS, REGISTRATION_VARIATIONS, TAXPAYER_VARIATIONS } from './business-variations.ts';
import { REFERENCE_VARIATIONS } from './reference-variations.ts';
import { FAMILY_VARIATIONS, LOOKALIKE_VARIATIONS, RESIDENT_VARIATIONS } from './resident-variations.ts';
import type { Check } from '#contracts/verdicts';
import type { Expectation, Variation } from './variation.ts';

export * from './act-variations.ts';
export * from './business-variations.ts';
export * from './reference-variations.ts';
export * from './resident-variations.ts';
export * from './variation.ts';

const ALL = [
  ...REFERENCE_VARIATIONS,
  ...BIRTH_VARIATIONS,
  ...DEATH_VARIATIONS,
  ...MARRIAGE_VARIATIONS,
  ...DIVORCE_VARIATIONS,
  ...TAXPAYER_VARIATIONS,
  ...REGISTRATION_VARIATIONS,
  ...BODY_VARIATIONS,
  ...RESIDENT_VARIATIONS,
  ...LOOKALIKE_VARIATIONS,
  ...FAMILY_VARIATIONS,
] as const;

export type VariationName = (typeof ALL)[number]['name'];

/** Every variation that a generated province may carry, with its default rate and what the checks must say of it. */
export const VARIATIONS: readonly (Variation & { readonly name: VariationName })[] = ALL;

const BY_NAME = new Map<VariationName, Variation>(VARIATIONS.map((variation) => [variation.name, variation]));

/** What a check must say of a record with that variation. */
export function expectationOf(name: VariationName, check: Check): Expectation | undefined {
  return BY_NAME.get(name)?.expect[check];
}
