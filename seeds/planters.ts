import { createPlanter, type Rates } from './planter.ts';
import {
  BIRTH_VARIATIONS,
  DEATH_VARIATIONS,
  MARRIAGE_VARIATIONS,
  REFERENCE_VARIATIONS,
  REGISTRATION_VARIATIONS,
  RESIDENT_VARIATIONS,
  TAXPAYER_VARIATIONS,
} from './variations/index.ts';

/** What decides where variations are planted, for the whole province. */
export type Planters = ReturnType<typeof createPlanters>;

export function createPlanters(rates: Rates) {
  return {
    resident: createPlanter('birth', RESIDENT_VARIATIONS, rates),
    birth: createPlanter('birth', [...REFERENCE_VARIATIONS, ...BIRTH_VARIATIONS], rates),
    death: createPlanter('death', [...REFERENCE_VARIATIONS, ...DEATH_VARIATIONS], rates),
    marriage: createPlanter('marriage', [...REFERENCE_VARIATIONS, ...MARRIAGE_VARIATIONS], rates),
    registration: createPlanter('tax-registration', REGISTRATION_VARIATIONS, rates),
    representative: createPlanter('legal-representative', REFERENCE_VARIATIONS, rates),
    /** Of household businesses, whose owner is given. */
    owner: createPlanter('taxpayer-identity', REFERENCE_VARIATIONS, rates),
    individual: createPlanter('taxpayer-identity', [...REFERENCE_VARIATIONS, ...TAXPAYER_VARIATIONS], rates),
  };
}
