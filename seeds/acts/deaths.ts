import type { Death } from '#contracts/records';
import { emitRecord, LAST_YEAR, wardOn, type Block } from '../block.ts';
import type { Person } from '../people/person.ts';
import { drawDate, type Population } from '../people/population.ts';
import { REFERENCE_APPLIERS } from '../references/reference-appliers.ts';
import { emitPersonTruth, mention, referenceTo, type Applier, type Reference } from '../references/reference.ts';
import { otherDayOfYear, swapDayAndMonth, yearOf } from '../text/dates.ts';
import type { DeathVariation, ReferenceVariation } from '../variations/index.ts';
import { drawAddress } from '../wards.ts';
import { createRegister, daysLater, registerKey } from './register.ts';

/** Share of the dead residents whose death is in the province's register. */
const REGISTERED_HERE = 0.9;

interface DeathDraft extends Reference {
  diedOn: string;
}

const died =
  (variant: (date: string) => string | undefined): Applier<DeathDraft> =>
  (draft) => {
    const date = variant(draft.diedOn);
    if (date === undefined || draft.person.status !== 'DECEASED') return false;
    draft.diedOn = date;
    return true;
  };

const APPLIERS: Readonly<Record<DeathVariation | ReferenceVariation, Applier<DeathDraft>>> = {
  ...REFERENCE_APPLIERS,
  'death-year-only': died((date) => date.slice(0, 4)),
  'resident-death-date-missing': ({ person }) => {
    person.recorded.diedOn = null;
    return true;
  },
  'death-date-other': died(otherDayOfYear),
  'death-day-month-swap': died(swapDayAndMonth),
  'death-not-recorded': () => true,
};

/** Hands out the deaths of the block's dead, and of some whom the residents database takes for alive. */
export function emitDeaths(block: Block, population: Population): void {
  const { random } = block;
  const planter = block.planters.death;
  const register = createRegister(block);
  const forgotten = population.people.filter(
    ({ status, dateOfBirth, variation, exclusive }) =>
      status === 'ALIVE' && yearOf(dateOfBirth) < LAST_YEAR - 55 && variation === undefined && !exclusive,
  );
  for (const dead of population.people) {
    if (dead.status !== 'DECEASED' || dead.exclusive || !random.chance(REGISTERED_HERE)) continue;
    const mentioned = mention(block, {
      check: 'death',
      planter,
      appliers: APPLIERS,
      choose: (name) => (name === 'death-not-recorded' ? forgotten.at(-1) : dead),
      draft: (person) => ({ ...referenceTo(person), diedOn: person.diedOn ?? drawDate(block, LAST_YEAR - 1) }),
    });
    if (mentioned === undefined) continue;
    const { planted, draft } = mentioned;
    if (planted === 'death-not-recorded') takeOut(forgotten, draft.person);
    const registeredOn = daysLater(dead.diedOn ?? draft.diedOn, 2);
    const ward = wardOn(block, registeredOn);
    const death: Death = {
      register: register(registeredOn, ward),
      deceased: draft.ref,
      diedOn: draft.diedOn,
      placeOfDeath: drawAddress(random, ward),
      cause: random.pick(['Bệnh', 'Tuổi già', 'Tai nạn']),
    };
    emitRecord(block, 'death', death, planted === undefined ? [] : [planted]);
    const key = { registry: 'civil-status', recordKey: registerKey(death.register), part: 0 } as const;
    emitPersonTruth(block, 'death', key, draft.person, mentioned);
  }
}

function takeOut(people: Person[], person: Person): void {
  people.splice(people.indexOf(person), 1);
  // Nobody else may mention a person who is dead and not known to be.
  person.exclusive = true;
}
