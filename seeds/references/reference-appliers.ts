import type { Block } from '../block.ts';
import { drawPassport } from '../identifiers.ts';
import { drawForeigner, drawFullName } from '../names/person-names.ts';
import type { Person } from '../people/person.ts';
import { otherDayOfYear, swapDayAndMonth, yearOf, yearsEarlier } from '../text/dates.ts';
import { differClearly } from '../text/fold.ts';
import {
  decomposed,
  ethForD,
  iForY,
  lastMarksLost,
  lowerCased,
  marksLost,
  newTonePlacement,
  spaced,
  upperCased,
  type TextVariant,
} from '../text/text-variants.ts';
import { mistyped } from '../text/typo.ts';
import type { ReferenceVariation } from '../variations/index.ts';
import type { Applier, Reference } from './reference.ts';

type ReferenceApplier = Applier<Reference>;

/** Writes the name in that way. */
const named =
  (variant: TextVariant): ReferenceApplier =>
  ({ ref, person }, { random }) => {
    const name = variant(person.fullName, random);
    if (name === undefined) return false;
    ref.fullName = name;
    return true;
  };

/** Writes another date of birth. */
const born =
  (variant: (date: string) => string | undefined): ReferenceApplier =>
  ({ ref, person }) => {
    const date = variant(person.dateOfBirth);
    if (date === undefined || date === person.dateOfBirth) return false;
    ref.dateOfBirth = date;
    return true;
  };

/** Writes another identifier; undefined where there is none to write. */
const identified =
  (number: (person: Person, block: Block) => string | undefined, type?: 'PERSONAL_ID' | 'CMND9'): ReferenceApplier =>
  ({ ref, person, numberFixed }, block) => {
    const value = numberFixed ? undefined : number(person, block);
    if (value === undefined) return false;
    ref.documentNumber = value;
    ref.documentType = type ?? 'PERSONAL_ID';
    return true;
  };

/** Both, or none. The first must not change the draft before the second has agreed. */
const both =
  (first: ReferenceApplier, second: ReferenceApplier): ReferenceApplier =>
  (draft, block) => {
    const before = { ...draft.ref };
    if (first(draft, block) && second(draft, block)) return true;
    draft.ref = before;
    return false;
  };

const anyone: ReferenceApplier = () => true;

const superseded = identified((person, { identifiers }) => {
  person.formerPersonalId ??= identifiers.formerPersonalId(person.index, person.gender, yearOf(person.dateOfBirth));
  return person.formerPersonalId;
});

const byCmnd9 = identified(ownCmnd9, 'CMND9');

/** Those born later never had a 9-digit number. */
const LAST_YEAR_WITH_CMND9 = 2002;

/** The person's 9-digit number, which from now on the residents database knows too. */
function ownCmnd9(person: Person, { identifiers }: Block): string | undefined {
  if (yearOf(person.dateOfBirth) > LAST_YEAR_WITH_CMND9) return undefined;
  const number = identifiers.cmnd9(person.index);
  if (!person.cmnd9s.includes(number)) person.cmnd9s.push(number);
  return number;
}

export const REFERENCE_APPLIERS: Readonly<Record<ReferenceVariation, ReferenceApplier>> = {
  'name-nfd': named(decomposed),
  'name-eth': named(ethForD),
  'name-spacing': named(spaced),
  'name-case': named((name, random) => (random.chance(0.8) ? upperCased : lowerCased)(name, random)),
  'name-tone-placement': named(newTonePlacement),
  'birth-year-only': born((date) => date.slice(0, 4)),
  'birth-month-only': born((date) => date.slice(0, 7)),
  'birth-date-missing': ({ ref }) => delete ref.dateOfBirth,
  'gender-missing': ({ ref }) => delete ref.gender,
  'gender-unknown': ({ ref }) => {
    ref.gender = 'UNKNOWN';
    return true;
  },
  'name-typo': named(mistyped),
  'name-marks-lost': named(marksLost),
  'name-tone-wrong': named(lastMarksLost),
  'name-i-y': named(iForY),
  'name-other': ({ ref, person }, { random }) => {
    const name = drawFullName(random, person.gender);
    if (!differClearly(name, person.fullName)) return false;
    ref.fullName = name;
    return true;
  },
  'birth-day-month-swap': born(swapDayAndMonth),
  'birth-date-other': born(otherDayOfYear),
  'birth-first-january': born((date) => `${date.slice(0, 4)}-01-01`),
  'birth-year-other': born((date) => yearsEarlier(date, 2)),
  'gender-other': ({ ref, person }) => {
    ref.gender = person.gender === 'MALE' ? 'FEMALE' : 'MALE';
    return true;
  },
  'id-separators': identified(({ personalId }, { random }) => {
    const separator = random.pick([' ', '.', '-']);
    return personalId.replace(/(\d{3})(\d{3})(\d{3})(\d{3})/, ['$1', '$2', '$3', '$4'].join(separator));
  }),
  'id-untyped': ({ ref }) => delete ref.documentType,
  foreigner: (draft, block) => {
    if (draft.numberFixed) return false;
    const { nationality, fullName } = drawForeigner(block.random);
    const { dateOfBirth, gender } = draft.person;
    const documentNumber = drawPassport(block.random);
    draft.ref = { fullName, dateOfBirth, gender, nationality, documentType: 'PASSPORT', documentNumber };
    return true;
  },
  'passport-only': (draft, { random }) => {
    if (draft.numberFixed) return false;
    draft.ref.documentType = 'PASSPORT';
    draft.ref.documentNumber = drawPassport(random);
    delete draft.ref.nationality;
    return true;
  },
  'no-id': ({ ref, numberFixed }) => !numberFixed && delete ref.documentNumber && delete ref.documentType,
  'id-too-short': identified(({ personalId }) => personalId.slice(0, 11)),
  'id-with-letter': identified(({ personalId }) => `O${personalId.slice(1)}`),
  'id-wrong-type': (draft, block) => {
    if (draft.numberFixed) return false;
    if (block.random.chance(0.5)) {
      draft.ref.documentType = 'CMND9';
      return true;
    }
    return identified(ownCmnd9, 'PERSONAL_ID')(draft, block);
  },
  'id-unknown': identified(({ index, gender, dateOfBirth }, { identifiers }) =>
    identifiers.unknownPersonalId(index, gender, yearOf(dateOfBirth)),
  ),
  'id-unknown-other-year': identified(({ index, gender, dateOfBirth }, { identifiers }) =>
    identifiers.unknownPersonalId(index, gender, yearOf(dateOfBirth) - 1),
  ),
  'id-superseded': superseded,
  'id-superseded-other-gender': identified((person, { identifiers }) => {
    const { index, gender, dateOfBirth, mentions, formerPersonalId } = person;
    // Nothing else may look at a person whose former number says another gender.
    if (mentions > 0 || formerPersonalId !== undefined) return undefined;
    const other = gender === 'MALE' ? 'FEMALE' : 'MALE';
    person.formerPersonalId = identifiers.formerPersonalId(index, other, yearOf(dateOfBirth));
    person.exclusive = true;
    return person.formerPersonalId;
  }),
  'cmnd9-only': byCmnd9,
  'cmnd9-unknown': identified(({ index }, { identifiers }) => identifiers.unknownCmnd9(index), 'CMND9'),
  'cmnd9-of-two': identified(({ cmnd9s }) => cmnd9s[0], 'CMND9'),
  deceased: anyone,
  'deceased-closed': anyone,
  'name-typo-and-cmnd9': both(named(mistyped), byCmnd9),
  'birth-swap-and-superseded': both(born(swapDayAndMonth), superseded),
  'name-case-and-year-only': both(
    named(upperCased),
    born((date) => date.slice(0, 4)),
  ),
  'deceased-with-typo': named(mistyped),
};
