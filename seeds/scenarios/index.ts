import {
  ENTERPRISE_BEFORE_RESIDENTS,
  OLD_HABITS,
  REPRESENTATIVE_CORRECTED,
  REPRESENTATIVE_DIES,
} from './business-scenarios.ts';
import { DUPLICATE_RESOLVED, MARRIAGE_NOT_RECORDED, RESIDENT_AMENDED, TWINS } from './family-scenarios.ts';
import type { Scenario } from './scenario.ts';

export type { Scenario, ScenarioRecord, ScenarioStep, ScenarioVerdict } from './scenario.ts';

const ALL = [
  REPRESENTATIVE_CORRECTED,
  ENTERPRISE_BEFORE_RESIDENTS,
  REPRESENTATIVE_DIES,
  OLD_HABITS,
  TWINS,
  DUPLICATE_RESOLVED,
  RESIDENT_AMENDED,
  MARRIAGE_NOT_RECORDED,
] as const;

export type ScenarioName = (typeof ALL)[number]['name'];

/** Small named stories for tests and documentation. */
export const SCENARIOS: readonly (Scenario & { readonly name: ScenarioName })[] = ALL;

/** The scenario of that name. */
export function scenario(name: ScenarioName): Scenario {
  const found = SCENARIOS.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`There is no scenario ${name}`);
  return found;
}
