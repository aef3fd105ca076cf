import type { Birth, PersonRef } from '#contracts/records';
import { emitRecord, wardOn, type Block } from '../block.ts';
import { drawFullName } from '../names/person-names.ts';
import { fullRef, shortRef, type Person, type Relative } from '../people/person.ts';
import type { Population } from '../people/population.ts';
import { REFERENCE_APPLIERS } from '../references/reference-appliers.ts';
import { emitPersonTruth, mention, referenceTo, type Applier, type Reference } from '../references/reference.ts';
import { differClearly } from '../text/fold.ts';
import { marksLost, spaced, upperCased, type TextVariant } from '../text/text-variants.ts';
import { mistyped } from '../text/typo.ts';
import type { BirthVariation, ReferenceVariation } from '../variations/index.ts';
import { drawAddress } from '../wards.ts';
import { createRegister, daysLater, registerKey } from './register.ts';

/** Share of the children whose birth is in the province's register. */
const REGISTERED_HERE = 0.72;

interface BirthDraft extends Reference {
  mother: PersonRef | undefined;
  father: PersonRef | undefined;
}

type Parent = 'mother' | 'father';

const parentNamed =
  (parent: Parent, variant: TextVariant): Applier<BirthDraft> =>
  (draft, { random }) => {
    const ref = draft[parent];
    const name = ref?.fullName === undefined ? undefined : variant(ref.fullName, random);
    if (ref === undefined || name === undefined) return false;
    ref.fullName = name;
    return true;
  };

const parentMissing =
  (parent: Parent): Applier<BirthDraft> =>
  (draft) => {
    if (draft[parent] === undefined) return false;
    draft[parent] = undefined;
    return true;
  };

const other =
  (gender: 'MALE' | 'FEMALE'): TextVariant =>
  (name, random) => {
    const drawn = drawFullName(random, gender);
    return differClearly(name, drawn) ? drawn : undefined;
  };

const APPLIERS: Readonly<Record<BirthVariation | ReferenceVariation, Applier<BirthDraft>>> = {
  ...REFERENCE_APPLIERS,
  'mother-name-case': parentNamed('mother', upperCased),
  'father-name-spacing': parentNamed('father', spaced),
  'mother-missing': parentMissing('mother'),
  'father-missing': parentMissing('father'),
  'mother-name-typo': parentNamed('mother', mistyped),
  'mother-name-other': parentNamed('mother', other('FEMALE')),
  'father-name-marks-lost': parentNamed('father', marksLost),
  'father-name-other': parentNamed('father', other('MALE')),
};

/** Hands out the births of the block's children. */
export function emitBirths(block: Block, population: Population): void {
  const { random } = block;
  const planter = block.planters.birth;
  const register = createRegister(block);
  for (const child of population.children) {
    const family = population.family.get(child);
    if (!random.chance(REGISTERED_HERE) && family === undefined) continue;
    const mentioned = mention(block, {
      check: 'birth',
      planter,
      appliers: APPLIERS,
      choose: () => child,
      draft: (person) => ({ ...referenceTo(person), mother: parentRef(child.mother), father: parentRef(child.father) }),
    });
    if (mentioned === undefined) continue;
    const { ref, mother, father } = mentioned.draft;
    const registeredOn = daysLater(child.dateOfBirth, random.between(1, 20));
    const ward = wardOn(block, registeredOn);
    const birth: Birth = {
      register: register(registeredOn, ward),
      child: { ...ref, placeOfBirth: drawAddress(random, ward), ethnicity: 'Kinh' },
    };
    if (mother !== undefined) birth.mother = mother;
    if (father !== undefined) birth.father = father;
    const fatherUnknown = family === 'father-unknown' ? [family] : [];
    emitRecord(block, 'birth', birth, [...named(mentioned.planted), ...fatherUnknown]);
    const key = { registry: 'civil-status', recordKey: registerKey(birth.register), part: 0 } as const;
    const variations = [...mentioned.variations, ...fatherUnknown];
    emitPersonTruth(block, 'birth', key, child, { expectation: mentioned.expectation, variations });
  }
}

function named<T>(planted: T | undefined): T[] {
  return planted === undefined ? [] : [planted];
}

function parentRef(parent: Relative | Person | undefined): PersonRef | undefined {
  if (parent === undefined) return undefined;
  return parent.dateOfBirth === undefined ? shortRef(parent) : fullRef(parent);
}
