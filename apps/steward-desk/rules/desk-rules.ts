import { loadRules, type Rules } from '#contracts/rules';
import type { Registry } from '#contracts/records';
import type { Check } from '#contracts/verdicts';
import { fieldAuthority } from '#libs/domain/matching';

const known = new Map<string, Rules | undefined>();

/** The rules of a version; undefined when this version of the hub does not have them. */
export function findRules(version: string): Rules | undefined {
  if (!known.has(version)) known.set(version, tryToLoad(version));
  return known.get(version);
}

function tryToLoad(version: string): Rules | undefined {
  try {
    return loadRules(version);
  } catch {
    return undefined;
  }
}

let current: Rules | undefined;

/** Which registry owns a field of a check, by the rules that this version of the hub activates. */
export function ownerOf(check: Check, field: string | null): Registry {
  current ??= loadRules();
  return fieldAuthority(current, check, field);
}
