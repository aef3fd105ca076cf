import type { Registry } from '#contracts/records';
import { rulesOfCheck, type Rules } from '#contracts/rules';
import type { Check } from '#contracts/verdicts';

/**
 * Which registry owns a field of a check, and so gets the correction request. For what no field says (`NOT_FOUND`, `NO_ID`, …: `field`
 * null), and for a field that the rules don't name, it is the registry of the check.
 */
export function fieldAuthority(rules: Rules, check: Check, field: string | null): Registry {
  const ofCheck = rulesOfCheck(rules, check);
  return ofCheck.fields.find((rule) => rule.field === field)?.authority ?? ofCheck.authority;
}
