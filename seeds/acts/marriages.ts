import type { Marriage } from '#contracts/records';
import { emitRecord, wardOn, type Block } from '../block.ts';
import type { Population } from '../people/population.ts';
import { emitPersonTruth } from '../references/reference.ts';
import { partsOf } from './marriage-parts.ts';
import { createRegister, registerKey } from './register.ts';

/** Share of the couples whose marriage is in the province's register. */
const REGISTERED_HERE = 0.66;

/** Hands out the marriages of the block's couples. */
export function emitMarriages(block: Block, population: Population): void {
  const { random } = block;
  const register = createRegister(block);
  for (const couple of population.couples) {
    if (!random.chance(REGISTERED_HERE)) continue;
    const parts = partsOf(block, couple);
    if (parts === undefined) continue;
    const [husband, wife] = parts.parts;
    const marriage: Marriage = {
      register: register(couple.marriedOn, wardOn(block, couple.marriedOn)),
      husband: husband.ref,
      wife: wife.ref,
      establishedOn: couple.marriedOn,
      status: couple.status,
    };
    emitRecord(block, 'marriage', marriage, parts.planted);
    const recordKey = registerKey(marriage.register);
    for (const [part, { person, ...says }] of parts.parts.entries()) {
      emitPersonTruth(block, 'marriage', { registry: 'civil-status', recordKey, part }, person, says);
    }
  }
}
