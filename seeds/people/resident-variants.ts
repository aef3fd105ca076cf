import type { Block } from '../block.ts';
import { yearOf } from '../text/dates.ts';
import type { ResidentVariation } from '../variations/index.ts';
import type { Person } from './person.ts';
import type { Population } from './population.ts';

/** What each variation does to a resident; false where the resident does not allow it. */
const APPLIERS: Readonly<Record<ResidentVariation, (person: Person, block: Block) => boolean>> = {
  'resident-name-case': ({ recorded, fullName }) => {
    recorded.fullName = fullName.toUpperCase();
    return true;
  },
  'resident-birth-year-only': ({ recorded, dateOfBirth }) => {
    recorded.dateOfBirth = dateOfBirth.slice(0, 4);
    return true;
  },
  'resident-gender-unknown': ({ recorded }) => {
    recorded.gender = 'UNKNOWN';
    return true;
  },
  'resident-parents-missing': ({ recorded, mother, father }) => {
    if (mother === undefined || father === undefined) return false;
    recorded.parents = null;
    return true;
  },
  'resident-cross-field-gender': (person, { identifiers }) => {
    const other = person.gender === 'MALE' ? 'FEMALE' : 'MALE';
    person.personalId = identifiers.personalId(person.index, person.bornIn, other, yearOf(person.dateOfBirth));
    return true;
  },
  'resident-cross-field-year': (person, { identifiers }) => {
    const { index, bornIn, gender, dateOfBirth } = person;
    person.personalId = identifiers.personalId(index, bornIn, gender, yearOf(dateOfBirth) - 3);
    return true;
  },
  'resident-withdrawn': ({ recorded }) => {
    recorded.withdrawn = true;
    return true;
  },
};

/** Plants variations in residents, where every record that points to them sees them. */
export function varyResidents(block: Block, population: Population): void {
  const planter = block.planters.resident;
  for (const person of population.people) {
    const planted = planter.plant(block.random, (name) => APPLIERS[name](person, block));
    if (planted !== undefined) person.variation = planted;
  }
}

/** A number that clerks write when there is none. */
export const PLACEHOLDER_CMND9 = '123456789';
/** More holders than the rules tolerate, in one block, so that a province of any size has too many or none. */
const HOLDERS = 24;
/** Blocks from one with placeholders to the next. */
const PLACEHOLDER_EVERY = 100;

/** Gives the placeholder to some people of the block, if it is the block's turn. @returns the holders */
export function plantPlaceholders(block: Block, population: Population): ReadonlySet<Person> {
  const share = block.rates('placeholder-cmnd9');
  if (share <= 0 || block.index % PLACEHOLDER_EVERY !== 0) return new Set();
  const adults = population.people.filter(
    ({ status, variation, exclusive, dateOfBirth }) =>
      status === 'ALIVE' && variation === undefined && !exclusive && yearOf(dateOfBirth) <= 2000,
  );
  const wanted = Math.max(HOLDERS, Math.round(share * block.size));
  if (adults.length < wanted * 2) return new Set();
  const holders = new Set(adults.slice(0, wanted));
  for (const holder of holders) holder.cmnd9s = [PLACEHOLDER_CMND9];
  return holders;
}
