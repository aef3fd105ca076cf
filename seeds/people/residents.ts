import type { Address, FormerId, Resident } from '#contracts/records';
import { drawWardName, emitRecord, emitTruth, type Block } from '../block.ts';
import { expectationOf, type VariationName } from '../variations/index.ts';
import { drawAddress } from '../wards.ts';
import type { LookalikePair } from './lookalikes.ts';
import { shortRef, type Person } from './person.ts';

const ETHNICITIES = ['Kinh', 'Kinh', 'Kinh', 'Kinh', 'Kinh', 'Kinh', 'Kinh', 'Mường', 'Tày', 'Dao'];

/** Hands out the residents as their database has them. */
export function emitResidents(
  block: Block,
  people: readonly Person[],
  planted: (person: Person) => readonly VariationName[],
): void {
  let address: Address = {};
  for (const person of people) {
    if (person.householder === undefined || person.householder === person) {
      address = drawAddress(block.random, drawWardName(block));
    }
    emitRecord(block, 'resident', residentOf(block, person, address), planted(person));
  }
}

function residentOf(block: Block, person: Person, address: Address): Resident {
  const { random } = block;
  const { recorded } = person;
  const resident: Resident = {
    personalId: person.personalId,
    fullName: recorded.fullName ?? person.fullName,
    dateOfBirth: recorded.dateOfBirth ?? person.dateOfBirth,
    gender: recorded.gender ?? person.gender,
    status: person.status,
    permanentAddress: address,
  };
  const formerIds = formerIdsOf(person);
  if (formerIds.length > 0) resident.formerIds = formerIds;
  if (random.chance(0.95)) resident.nationality = 'Việt Nam';
  if (random.chance(0.95)) resident.ethnicity = random.pick(ETHNICITIES);
  if (person.bornIn !== undefined) resident.placeOfBirth = { provinceCode: person.bornIn };
  const maritalStatus = recorded.maritalStatus === undefined ? person.maritalStatus : recorded.maritalStatus;
  if (maritalStatus !== null) resident.maritalStatus = maritalStatus;
  addRelatives(resident, person);
  if (person.diedOn !== undefined && recorded.diedOn !== null) resident.diedOn = person.diedOn;
  if (recorded.withdrawn === true) resident.withdrawn = true;
  return resident;
}

function formerIdsOf(person: Person): FormerId[] {
  const former: FormerId[] = person.cmnd9s.map((value) => ({ type: 'CMND9', value }));
  if (person.formerPersonalId !== undefined) {
    former.push({ type: 'PERSONAL_ID', value: person.formerPersonalId, validTo: '2022-06-30' });
  }
  return former;
}

function addRelatives(resident: Resident, person: Person): void {
  const { recorded, spouse, mother, father, householder } = person;
  if (spouse !== undefined && recorded.spouseName !== null) {
    resident.spouse = recorded.spouseName === undefined ? shortRef(spouse) : { fullName: recorded.spouseName };
  }
  if (recorded.parents !== null) {
    if (mother !== undefined) resident.mother = shortRef(mother);
    if (father !== undefined) resident.father = shortRef(father);
  }
  if (householder !== undefined && householder !== person) resident.householder = shortRef(householder);
}

/** The truth about pairs of residents: one line on the smaller personal ID. */
export function emitDuplicates(block: Block, pairs: readonly LookalikePair[]): void {
  for (const { name, first, second } of pairs) {
    const expectation = expectationOf(name, 'duplicate');
    if (expectation === undefined) continue;
    const ids = [first.personalId, second.personalId].sort();
    const [recordKey = '', other = ''] = ids;
    const counterpart = { registry: 'residents', recordKey: other } as const;
    emitTruth(block, 'duplicate', { registry: 'residents', recordKey, part: 0, counterpart }, expectation, [name]);
  }
}
