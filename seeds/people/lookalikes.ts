import { countOf, type Block } from '../block.ts';
import type { Sex } from '../identifiers.ts';
import { drawName, fullNameOf } from '../names/person-names.ts';
import { yearOf } from '../text/dates.ts';
import { differClearly } from '../text/fold.ts';
import { LOOKALIKE_VARIATIONS, type LookalikeVariation } from '../variations/index.ts';
import type { Person } from './person.ts';
import { addPerson, die, drawParent, type Population } from './population.ts';

/** How many residents each variation adds. */
const RESIDENTS_ADDED: Readonly<Record<LookalikeVariation, number>> = {
  duplicate: 1,
  'duplicate-name-case': 1,
  'duplicate-cmnd9': 2,
  namesake: 1,
  'namesake-parents-unknown': 2,
  'double-deceased': 1,
  'double-year-only': 1,
  'double-withdrawn': 1,
};

/** Residents of a block who look like another one: which, and how many residents they take. */
export interface LookalikePlan {
  readonly names: readonly LookalikeVariation[];
  readonly residents: number;
}

/** Decides before the families are drawn, so that the block keeps its size. At most a third of the block are lookalikes. */
export function planLookalikes(block: Block): LookalikePlan {
  const names: LookalikeVariation[] = [];
  let residents = 0;
  for (const { name } of LOOKALIKE_VARIATIONS) {
    for (let left = countOf(block, block.rates(name)); left > 0; left -= 1) {
      if (residents + RESIDENTS_ADDED[name] > block.size / 3) break;
      names.push(name);
      residents += RESIDENTS_ADDED[name];
    }
  }
  return { names, residents };
}

/** A pair of residents who look alike; the second one carries the variation. */
export interface LookalikePair {
  readonly name: LookalikeVariation;
  readonly first: Person;
  readonly second: Person;
}

/** Adds the planned residents behind the families. None of them is mentioned by another record. */
export function addLookalikes(block: Block, population: Population, plan: LookalikePlan): LookalikePair[] {
  const originals = population.people.filter(
    ({ status, variation, mother, father, exclusive }) =>
      status === 'ALIVE' && variation === undefined && !exclusive && mother !== undefined && father !== undefined,
  );
  return plan.names.map((name) => {
    const pair = addPair(block, population, name, originals);
    pair.second.variation = name;
    pair.second.exclusive = true;
    return { name, ...pair };
  });
}

interface Pair {
  readonly first: Person;
  readonly second: Person;
}

function addPair(block: Block, population: Population, name: LookalikeVariation, originals: Person[]): Pair {
  switch (name) {
    case 'duplicate':
      return addDouble(block, population, originals);
    case 'duplicate-name-case': {
      const pair = addDouble(block, population, originals);
      pair.second.recorded.fullName = pair.second.fullName.toUpperCase();
      return pair;
    }
    case 'double-deceased': {
      const pair = addDouble(block, population, originals);
      die(block, pair.second);
      return pair;
    }
    case 'double-year-only': {
      const pair = addDouble(block, population, originals);
      pair.second.recorded.dateOfBirth = pair.second.dateOfBirth.slice(0, 4);
      return pair;
    }
    case 'double-withdrawn': {
      const pair = addDouble(block, population, originals);
      pair.second.recorded.withdrawn = true;
      return pair;
    }
    case 'namesake': {
      const pair = addDouble(block, population, originals);
      const { first, second } = pair;
      second.mother = unlike(block, first.mother?.fullName ?? '', 'FEMALE');
      second.father = unlike(block, first.father?.fullName ?? '', 'MALE');
      return pair;
    }
    case 'namesake-parents-unknown': {
      const first = addStranger(block, population);
      const second = addDoubleOf(block, population, first);
      for (const person of [first, second]) person.recorded.parents = null;
      return { first, second };
    }
    case 'duplicate-cmnd9':
      return addSharingCmnd9(block, population);
    default:
      return name satisfies never;
  }
}

/** Somebody of working age without family here, whom no other record mentions. */
function addStranger(block: Block, population: Population, gender: Sex = 'MALE', born?: number): Person {
  const year = born ?? 1960 + block.random.below(35);
  const stranger = addPerson(block, population, { gender, born: year, father: drawParent(block, 'MALE') });
  stranger.exclusive = true;
  return stranger;
}

function addDouble(block: Block, population: Population, originals: Person[]): Pair {
  const place = originals.length === 0 ? -1 : block.random.below(originals.length);
  const original = originals.splice(place, 1)[0] ?? addStranger(block, population);
  return { first: original, second: addDoubleOf(block, population, original) };
}

/** The same person once more, under another personal ID. */
function addDoubleOf(block: Block, population: Population, original: Person): Person {
  const { gender, dateOfBirth, surname, mother, father } = original;
  const double = addPerson(block, population, {
    gender,
    born: yearOf(dateOfBirth),
    dateOfBirth,
    surname,
    ...(mother === undefined ? {} : { mother }),
    ...(father === undefined ? {} : { father }),
  });
  double.fullName = original.fullName;
  double.given = original.given;
  double.cmnd9s = [];
  return double;
}

/** Two people of whom nothing is alike but the 9-digit number. */
function addSharingCmnd9(block: Block, population: Population): Pair {
  const first = addStranger(block, population, 'MALE', 1960 + block.random.below(15));
  const second = addStranger(block, population, 'FEMALE', 1976 + block.random.below(15));
  second.fullName = unlike(block, first.fullName, 'FEMALE').fullName;
  second.mother = unlike(block, first.mother?.fullName ?? '', 'FEMALE');
  second.father = unlike(block, first.father?.fullName ?? '', 'MALE');
  first.cmnd9s = [block.identifiers.cmnd9(first.index)];
  second.cmnd9s = first.cmnd9s.slice();
  population.sharingCmnd9.push(first);
  return { first, second };
}

/** Somebody whose name nobody could take for the given one. */
function unlike(block: Block, name: string, gender: Sex): { fullName: string; gender: Sex } {
  for (;;) {
    const fullName = fullNameOf(drawName(block.random, gender));
    if (differClearly(name, fullName)) return { fullName, gender };
  }
}
