import { LAST_YEAR, type Block } from '../block.ts';
import { drawForeigner } from '../names/person-names.ts';
import { drawPassport, type Sex } from '../identifiers.ts';
import { yearOf } from '../text/dates.ts';
import type { Person, Relative } from './person.ts';
import { addPerson, die, drawDate, drawParent, type Couple, type Population } from './population.ts';

/** Adds one household of at most `room` residents, at least one. */
export function addHousehold(block: Block, population: Population, room: number): void {
  const { random, rates } = block;
  const first = population.people.length;
  if (room === 1) addSingle(block, population);
  else if (random.chance(rates('foreign-spouse'))) addMarriedToForeigner(block, population);
  else if (random.chance(rates('father-unknown'))) addSingleMother(block, population, room);
  else {
    const kind = random.next();
    if (kind < 0.58) addFamily(block, population, room);
    else if (kind < 0.68) addCouple(block, population, random.between(LAST_YEAR - 85, LAST_YEAR - 62));
    else if (kind < 0.8) addWidowed(block, population);
    else if (kind < 0.84) addDivorced(block, population);
    else addSingle(block, population);
  }
  const head = population.people[first];
  for (const person of population.people.slice(first)) if (head !== undefined) person.householder = head;
}

function addSingle(block: Block, population: Population): void {
  const { random } = block;
  const gender: Sex = random.chance(0.5) ? 'MALE' : 'FEMALE';
  const old = random.chance(0.3);
  const born = LAST_YEAR - (old ? random.between(60, 90) : random.between(19, 45));
  const person = addPerson(block, population, { gender, born, ...invented(block) });
  if (old && random.chance(0.7)) die(block, person);
  else if (random.chance(0.02)) person.status = 'MISSING';
}

/** Surname and father of somebody whose parents live elsewhere. */
function invented(block: Block): { surname: string; father: Relative } {
  const father = drawParent(block, 'MALE');
  return { surname: father.fullName.split(' ')[0] ?? '', father };
}

/** @returns the couple and the year of their marriage */
function addCouple(block: Block, population: Population, born: number): Couple & { husband: Person; wife: Person } {
  const { random } = block;
  const husband = addPerson(block, population, { gender: 'MALE', born, maritalStatus: 'MARRIED', ...invented(block) });
  const bornWife = Math.min(born + random.between(-2, 6), LAST_YEAR - 20);
  const wife = addPerson(block, population, {
    gender: 'FEMALE',
    born: bornWife,
    maritalStatus: 'MARRIED',
    ...invented(block),
  });
  husband.spouse = wife;
  wife.spouse = husband;
  const year = Math.min(Math.max(born + 20, bornWife + 18 + random.below(8)), LAST_YEAR);
  const couple = { husband, wife, marriedOn: drawDate(block, year), status: 'IN_FORCE' } as const;
  population.couples.push(couple);
  return couple;
}

function addFamily(block: Block, population: Population, room: number): void {
  const { random } = block;
  const { husband, wife, marriedOn } = addCouple(block, population, LAST_YEAR - random.between(24, 58));
  const wanted = random.pick([0, 1, 1, 2, 2, 2, 2, 3, 3, 4]);
  let left = Math.min(wanted, room - 2);
  let born = Math.max(yearOf(marriedOn) + 1, LAST_YEAR - 30);
  const last = Math.min(yearOf(wife.dateOfBirth) + 42, LAST_YEAR);
  while (left > 0 && born <= last) {
    const child = addChild(block, population, wife, husband, born);
    left -= 1;
    if (left > 0 && random.chance(block.rates('twins'))) {
      const twin = addChild(block, population, wife, husband, born, child);
      population.family.set(twin, 'twins');
      left -= 1;
    }
    born += random.between(2, 5);
  }
}

function addChild(
  block: Block,
  population: Population,
  mother: Person,
  father: Person | undefined,
  born: number,
  twin?: Person,
): Person {
  const child = addPerson(block, population, {
    gender:
      twin !== undefined && block.random.chance(0.6) ? twin.gender : block.random.chance(0.51) ? 'MALE' : 'FEMALE',
    born,
    surname: (father ?? mother).surname,
    mother,
    ...(father === undefined ? {} : { father }),
    ...(twin === undefined ? {} : { notGiven: twin.given, dateOfBirth: twin.dateOfBirth }),
  });
  population.children.push(child);
  return child;
}

function addSingleMother(block: Block, population: Population, room: number): void {
  const { random } = block;
  const bornMother = LAST_YEAR - random.between(22, 45);
  const mother = addPerson(block, population, { gender: 'FEMALE', born: bornMother, ...invented(block) });
  let born = bornMother + 20;
  for (let left = Math.min(room - 1, random.between(1, 2)); left > 0 && born < LAST_YEAR; left -= 1) {
    const child = addChild(block, population, mother, undefined, born);
    population.family.set(child, 'father-unknown');
    born += 3;
  }
}

function addWidowed(block: Block, population: Population): void {
  const { random } = block;
  const { husband, wife } = addCouple(block, population, LAST_YEAR - random.between(58, 88));
  const [dead, survivor] = random.chance(0.75) ? [husband, wife] : [wife, husband];
  die(block, dead);
  survivor.maritalStatus = 'WIDOWED';
}

function addDivorced(block: Block, population: Population): void {
  const { random } = block;
  const { husband, wife, marriedOn } = addCouple(block, population, LAST_YEAR - random.between(28, 58));
  population.couples.pop();
  const annulled = random.chance(0.1);
  for (const person of [husband, wife]) {
    delete person.spouse;
    person.maritalStatus = annulled ? 'SINGLE' : 'DIVORCED';
  }
  population.couples.push({ husband, wife, marriedOn, status: annulled ? 'ANNULLED' : 'DIVORCED' });
}

function addMarriedToForeigner(block: Block, population: Population): void {
  const { random } = block;
  const born = LAST_YEAR - random.between(24, 58);
  const gender: Sex = random.chance(0.3) ? 'MALE' : 'FEMALE';
  const person = addPerson(block, population, { gender, born, maritalStatus: 'MARRIED', ...invented(block) });
  const spouse: Relative = {
    ...drawForeigner(random),
    gender: gender === 'MALE' ? 'FEMALE' : 'MALE',
    dateOfBirth: drawDate(block, born - random.between(-3, 6)),
    passport: drawPassport(random),
  };
  person.spouse = spouse;
  const [husband, wife] = gender === 'MALE' ? [person, spouse] : [spouse, person];
  const marriedOn = drawDate(block, Math.min(born + random.between(20, 26), LAST_YEAR));
  population.couples.push({ husband, wife, marriedOn, status: 'IN_FORCE' });
  population.family.set(person, 'foreign-spouse');
}
