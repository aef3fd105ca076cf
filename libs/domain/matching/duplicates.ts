import type { Resident } from '#contracts/records';
import type { Rules } from '#contracts/rules';
import { tonedText, type AdministrativeUnits } from '../identity/index.ts';
import type { Part } from './checks.ts';
import { compareFields } from './fields.ts';
import type { Judgement } from './judgement.ts';
import { cmnd9Of } from './lookup.ts';
import { wardOf } from './ward.ts';

const PAIR: Part = { index: 0, identity: '', person: null };
const FULL_DATE = 'YYYY-MM-DD'.length;
const BETWEEN = '\u001f';

/**
 * The keys that a resident shares with everyone who may be the same person: one of name, full date of birth, gender and both parents'
 * names (when all are there), and one per CMND9, `cmnd9:` and its digits. Residents with no key in common are no suspects. None
 * for residents who are not active. Personal values: hash them before they leave the process.
 */
export function duplicateKeysOf(resident: Resident): readonly string[] {
  if (!isActive(resident)) return [];
  const person = personKey(resident);
  const keys = person === undefined ? [] : [person];
  for (const former of resident.formerIds ?? []) {
    if (former.type !== 'CMND9') continue;
    const cmnd9 = cmnd9Of(former.value);
    if (cmnd9 === undefined) continue;
    const key = `cmnd9:${cmnd9.value}`;
    if (!keys.includes(key)) keys.push(key);
  }
  return keys;
}

/**
 * Judges a pair of residents, `left` being the one with the smaller key: `DUPLICATE_SUSPECT`, or null without suspicion. Both must be
 * active, and share name, birth, gender and parents, or a CMND9. That a CMND9 with too many holders is a placeholder
 * (`rules.maxCmnd9Holders`) can't be seen in a pair: whoever forms pairs leaves such a number out.
 */
export function judgeDuplicate(
  left: Resident,
  right: Resident,
  rules: Rules,
  units: AdministrativeUnits,
): Judgement | null {
  const keys = duplicateKeysOf(right);
  const shared = duplicateKeysOf(left).filter((key) => keys.includes(key));
  if (shared.length === 0) return null;
  const values: (string | null)[] = [left.personalId, right.personalId];
  const { findings } = compareFields(rules, 'duplicate', left, PAIR, right, units, values);
  values.push(...cmnd9sOf(shared));
  return {
    outcome: 'MISMATCHED',
    codes: ['DUPLICATE_SUSPECT'],
    findings,
    values,
    ward: wardOf('resident', left, units),
  };
}

function isActive(resident: Resident): boolean {
  return resident.status === 'ALIVE' && resident.withdrawn !== true;
}

/** Equal for two residents exactly when all of it is equal or equivalent. Unknown parents prove nothing: no key. */
function personKey({ fullName, dateOfBirth, gender, mother, father }: Resident): string | undefined {
  if (dateOfBirth.length !== FULL_DATE || mother?.fullName === undefined || father?.fullName === undefined)
    return undefined;
  return [
    'person',
    tonedText(fullName),
    dateOfBirth,
    gender,
    tonedText(mother.fullName),
    tonedText(father.fullName),
  ].join(BETWEEN);
}

function cmnd9sOf(keys: readonly string[]): readonly string[] {
  return keys.filter((key) => key.startsWith('cmnd9:')).sort();
}
