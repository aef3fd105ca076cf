import { drawFullName } from '../names/person-names.ts';
import type { MaritalStatus } from '../people/person.ts';
import { REFERENCE_APPLIERS } from '../references/reference-appliers.ts';
import type { Applier, Reference } from '../references/reference.ts';
import { differClearly } from '../text/fold.ts';
import { upperCased, type TextVariant } from '../text/text-variants.ts';
import { mistyped } from '../text/typo.ts';
import type { MarriageVariation, ReferenceVariation } from '../variations/index.ts';

/** Variations of one spouse in a marriage in force. */
export type MarriedName = MarriageVariation | ReferenceVariation;

const married =
  (status: MaritalStatus | null): Applier<Reference> =>
  ({ person }) => {
    if (person.status !== 'ALIVE') return false;
    person.recorded.maritalStatus = status;
    return true;
  };

const spouseNamed =
  (variant: TextVariant): Applier<Reference> =>
  ({ person }, { random }) => {
    const name = person.spouse === undefined ? undefined : variant(person.spouse.fullName, random);
    if (name === undefined) return false;
    person.recorded.spouseName = name;
    return true;
  };

export const MARRIAGE_APPLIERS: Readonly<Record<MarriedName, Applier<Reference>>> = {
  ...REFERENCE_APPLIERS,
  'marital-status-unknown': married('UNKNOWN'),
  'marital-status-missing': married(null),
  'spouse-missing': ({ person }) => {
    person.recorded.spouseName = null;
    return true;
  },
  'spouse-name-case': spouseNamed(upperCased),
  'spouse-name-typo': spouseNamed(mistyped),
  'spouse-name-other': ({ person }, { random }) => {
    const name = drawFullName(random, person.gender === 'MALE' ? 'FEMALE' : 'MALE');
    if (person.spouse === undefined || !differClearly(name, person.spouse.fullName)) return false;
    person.recorded.spouseName = name;
    return true;
  },
  'marriage-not-recorded': ({ person }) => {
    if (person.status !== 'ALIVE') return false;
    person.recorded.maritalStatus = 'SINGLE';
    person.recorded.spouseName = null;
    return true;
  },
  'marital-status-divorced': married('DIVORCED'),
};
