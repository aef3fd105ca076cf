import { drawOldWard, LAST_YEAR, type Block } from '../block.ts';
import type { Sex } from '../identifiers.ts';
import { drawName, drawSurname, fullNameOf } from '../names/person-names.ts';
import { dateOf, daysOf } from '../text/dates.ts';
import type { FamilyVariation } from '../variations/index.ts';
import type { MaritalStatus, Person, Relative } from './person.ts';

/** A couple of whom at least one is a resident. */
export interface Couple {
  readonly husband: Person | Relative;
  readonly wife: Person | Relative;
  readonly marriedOn: string;
  readonly status: 'IN_FORCE' | 'DIVORCED' | 'ANNULLED';
}

/** The people of a block. */
export interface Population {
  readonly people: Person[];
  readonly couples: Couple[];
  /** Residents whose mother is known, and who may have a birth record. */
  readonly children: Person[];
  /** Pairs of residents with one 9-digit number. */
  readonly sharingCmnd9: Person[];
  /** Which family variations happened in whose record. */
  readonly family: Map<Person, FamilyVariation>;
}

export function isResident(someone: Person | Relative): someone is Person {
  return 'index' in someone;
}

interface Traits {
  readonly gender: Sex;
  readonly born: number;
  readonly surname?: string;
  readonly maritalStatus?: MaritalStatus;
  readonly mother?: Relative;
  readonly father?: Relative;
  /** A given name that somebody else of the family has. */
  readonly notGiven?: string;
  readonly dateOfBirth?: string;
}

/** Adds a resident with the next index. Parents who are not given are invented, and live elsewhere. */
export function addPerson(block: Block, population: Population, traits: Traits): Person {
  const { random, identifiers } = block;
  const { gender, born } = traits;
  const index = block.firstResident + population.people.length;
  const surname = traits.surname ?? drawSurname(random);
  let name = drawName(random, gender, surname);
  while (name.given === traits.notGiven) name = drawName(random, gender, surname);
  const bornIn = random.chance(0.85) ? drawOldWard(block).province : undefined;
  const person: Person = {
    index,
    gender,
    bornIn,
    surname,
    given: name.given,
    fullName: fullNameOf(name),
    dateOfBirth: traits.dateOfBirth ?? drawDate(block, born),
    personalId: identifiers.personalId(index, bornIn, gender, born),
    mother: traits.mother ?? drawParent(block, 'FEMALE'),
    maritalStatus: traits.maritalStatus ?? 'SINGLE',
    status: 'ALIVE',
    cmnd9s: born <= 2000 && random.chance(0.5) ? [identifiers.cmnd9(index)] : [],
    recorded: {},
    mentions: 0,
    exclusive: false,
    isTaxCode: false,
  };
  if (traits.father !== undefined) person.father = traits.father;
  if (random.chance(0.005)) person.formerPersonalId = identifiers.formerPersonalId(index, gender, born);
  population.people.push(person);
  return person;
}

/** A parent who is no resident. */
export function drawParent(block: Block, gender: Sex, surname?: string): Relative {
  return { fullName: fullNameOf(drawName(block.random, gender, surname)), gender };
}

export function drawDate(block: Block, year: number): string {
  const month = block.random.between(1, 12);
  return dateOf(year, month, block.random.between(1, daysOf(month)));
}

/** The person died within the last fifteen years. */
export function die(block: Block, person: Person): void {
  person.status = 'DECEASED';
  person.diedOn = drawDate(block, block.random.between(LAST_YEAR - 15, LAST_YEAR));
}
