import type { Block } from '../block.ts';
import type { Person } from '../people/person.ts';
import type { Population } from '../people/population.ts';
import { yearOf } from '../text/dates.ts';
import type { VariationName } from '../variations/index.ts';

/** Finds people who may stand for a business. */
export interface Chooser {
  /** A living adult whom other records may mention too. */
  adult(accept?: (person: Person) => boolean): Person | undefined;
  /**
   * Somebody whom that variation needs; a living adult for every other one.
   *
   * @param closed whether the business is closed, so that its representative may be dead
   */
  for(name: VariationName | undefined, closed: boolean, accept?: (person: Person) => boolean): Person | undefined;
}

/** How often another person is drawn before giving up. */
const MAX_DRAWS = 12;
const LAST_BIRTH_YEAR = 2006;

export function createChooser(block: Block, population: Population): Chooser {
  const { random } = block;
  const grown = population.people.filter(
    ({ dateOfBirth, exclusive }) => !exclusive && yearOf(dateOfBirth) <= LAST_BIRTH_YEAR,
  );
  const adults = grown.filter(({ status }) => status === 'ALIVE');
  const dead = grown.filter(({ status }) => status === 'DECEASED');

  const draw = (people: readonly Person[], accept: (person: Person) => boolean): Person | undefined => {
    for (let left = people.length === 0 ? 0 : MAX_DRAWS; left > 0; left -= 1) {
      const person = random.pick(people);
      if (accept(person)) return person;
    }
    return undefined;
  };
  const open = (accept: (person: Person) => boolean) => (person: Person) => !person.exclusive && accept(person);
  const all = (): boolean => true;
  return {
    adult: (accept = all) => draw(adults, open(accept)),
    for: (name, closed, accept = all) => {
      switch (name) {
        case 'deceased':
        case 'deceased-with-typo':
          return closed ? undefined : draw(dead, open(accept));
        case 'deceased-closed':
          return closed ? draw(dead, open(accept)) : undefined;
        case 'cmnd9-of-two':
          return draw(population.sharingCmnd9, accept);
        default: {
          const clean =
            name === undefined ? accept : (person: Person) => person.variation === undefined && accept(person);
          return draw(adults, open(clean));
        }
      }
    },
  };
}
