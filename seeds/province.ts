import { emitBirths } from './acts/births.ts';
import { emitDeaths } from './acts/deaths.ts';
import { emitMarriages } from './acts/marriages.ts';
import { BLOCK_SIZE, type Block } from './block.ts';
import { emitEnterprises } from './business/enterprises.ts';
import { emitTaxpayers } from './business/taxpayers.ts';
import { createIdentifiers, createTaxCodes, MAX_RESIDENTS, type Identifiers } from './identifiers.ts';
import type { GeneratedItem } from './items.ts';
import { addHousehold } from './people/households.ts';
import { addLookalikes, planLookalikes } from './people/lookalikes.ts';
import type { Person } from './people/person.ts';
import type { Population } from './people/population.ts';
import { plantPlaceholders, varyResidents } from './people/resident-variants.ts';
import { emitDuplicates, emitResidents } from './people/residents.ts';
import type { Rates } from './planter.ts';
import { createPlanters, type Planters } from './planters.ts';
import { createRandom } from './random.ts';
import { createChooser } from './references/chooser.ts';
import { VARIATIONS, type VariationName } from './variations/index.ts';
import { readWards, type Wards } from './wards.ts';

export interface ProvinceOptions {
  /** How many residents, 1 to 1,000,000; there will be about three quarters as many other records. */
  readonly residents: number;
  /** A whole number: the same seed and options give the same province. */
  readonly seed: number;
  /** Text of the ward table (`contracts/rules/data/wards-2025.csv`). */
  readonly wardsCsv: string;
  /** Two-digit code of the province since 1 July 2025; Phú Thọ (25), made of three old ones, unless given. */
  readonly province?: string;
  /** Rates other than the variations' own; 0 leaves a variation out. */
  readonly rates?: Readonly<Partial<Record<VariationName, number>>>;
}

/** A province that cannot be generated. `code` is `SEED_OPTIONS_INVALID` or `SEED_DIRECTORY_NOT_EMPTY`. */
export class SeedError extends Error {
  readonly code: 'SEED_OPTIONS_INVALID' | 'SEED_DIRECTORY_NOT_EMPTY';
  constructor(code: SeedError['code'], message: string) {
    super(message);
    this.name = 'SeedError';
    this.code = code;
  }
}

const DEFAULT_PROVINCE = '25';
/** More tax codes than a block of enterprises, taxpayers and planted errors can use. */
const TAX_CODES_PER_BLOCK = 500;

/**
 * A synthetic province: the records of its registries, and a line of truth for every line that the export of verdicts must
 * have. Nobody in it is a real person. Items come block by block in no particular order; memory is that of one block.
 *
 * @throws SeedError `SEED_OPTIONS_INVALID`
 */
export function* generateProvince(options: ProvinceOptions): Generator<GeneratedItem, void, undefined> {
  const { residents, seed } = options;
  if (!Number.isInteger(residents) || residents < 1 || residents > MAX_RESIDENTS) {
    throw new SeedError('SEED_OPTIONS_INVALID', `The number of residents must be from 1 to ${MAX_RESIDENTS}.`);
  }
  if (!Number.isSafeInteger(seed)) throw new SeedError('SEED_OPTIONS_INVALID', 'The seed must be a whole number.');
  const rates = ratesOf(options.rates ?? {});
  const province: Province = { ...options, ...prepare(options), rates, planters: createPlanters(rates) };
  for (let index = 0; index * BLOCK_SIZE < residents; index += 1) yield* generateBlock(createBlock(province, index));
}

interface Province {
  readonly residents: number;
  readonly seed: number;
  readonly wards: Wards;
  readonly identifiers: Identifiers;
  readonly rates: Rates;
  readonly planters: Planters;
}

function prepare({
  wardsCsv,
  province = DEFAULT_PROVINCE,
  seed,
}: ProvinceOptions): Pick<Province, 'wards' | 'identifiers'> {
  const wards = readWards(wardsCsv, province);
  return { wards, identifiers: createIdentifiers(seed, wards.oldProvinces) };
}

function ratesOf(overrides: Readonly<Partial<Record<VariationName, number>>>): Rates {
  const rates = new Map<VariationName, number>(VARIATIONS.map(({ name, rate }) => [name, rate]));
  for (const { name } of VARIATIONS) {
    const rate = overrides[name];
    if (rate === undefined) continue;
    if (!(rate >= 0 && rate <= 1))
      throw new SeedError('SEED_OPTIONS_INVALID', `The rate of ${name} must be from 0 to 1.`);
    rates.set(name, rate);
  }
  return (name) => rates.get(name) ?? 0;
}

function createBlock({ residents, seed, wards, identifiers, rates, planters }: Province, index: number): Block {
  const blocks = Math.ceil(residents / BLOCK_SIZE);
  const perWard = Math.ceil(blocks / wards.wards.length);
  const ward = wards.wards[Math.floor(index / perWard)];
  if (ward === undefined) throw new RangeError(`No ward for block ${index}`);
  return {
    index,
    firstResident: index * BLOCK_SIZE,
    size: Math.min(BLOCK_SIZE, residents - index * BLOCK_SIZE),
    random: createRandom(seed, Math.floor(seed / 2 ** 32), index),
    rates,
    planters,
    identifiers,
    nextTaxCode: createTaxCodes(seed, wards.oldProvinces[0] ?? wards.province, index, TAX_CODES_PER_BLOCK),
    wards,
    ward,
    wardPart: (index % perWard) + 1,
    items: [],
  };
}

function generateBlock(block: Block): readonly GeneratedItem[] {
  const population: Population = { people: [], couples: [], children: [], sharingCmnd9: [], family: new Map() };
  const plan = planLookalikes(block);
  const inFamilies = block.size - plan.residents;
  while (population.people.length < inFamilies) {
    addHousehold(block, population, inFamilies - population.people.length);
  }
  varyResidents(block, population);
  const pairs = addLookalikes(block, population, plan);
  const holders = plantPlaceholders(block, population);
  emitBirths(block, population);
  emitDeaths(block, population);
  emitMarriages(block, population);
  const chooser = createChooser(block, population);
  const registered = emitEnterprises(block, chooser);
  emitTaxpayers(block, chooser, registered);
  // Last, because a record that mentions a resident may give them a former number.
  emitResidents(block, population.people, (person) => plantedIn(person, population, holders));
  emitDuplicates(block, pairs);
  return block.items;
}

function plantedIn(person: Person, population: Population, holders: ReadonlySet<Person>): VariationName[] {
  const planted: VariationName[] = [];
  if (person.variation !== undefined) planted.push(person.variation);
  if (population.family.get(person) === 'twins') planted.push('twins');
  if (holders.has(person)) planted.push('placeholder-cmnd9');
  return planted;
}
