import type { Enterprise, Representative } from '#contracts/records';
import { countOf, emitRecord, emitTruth, type Block } from '../block.ts';
import { fullRef, type Person } from '../people/person.ts';
import type { Chooser } from '../references/chooser.ts';
import { REFERENCE_APPLIERS } from '../references/reference-appliers.ts';
import { emitPersonTruth, mention, referenceTo } from '../references/reference.ts';
import { expectationOf, PLAIN, type RegistrationVariation, type VariationName } from '../variations/index.ts';
import { REGISTRATION_APPLIERS } from './registration-appliers.ts';
import { drawRegistration, type Registration } from './registration.ts';
import { isClosed } from './statuses.ts';

/** Enterprises as a share of the residents. */
const ENTERPRISES = 0.08;

/** A registration whose enterprise has been handed out, and whose taxpayer is due. */
export interface Registered extends Registration {
  readonly planted: RegistrationVariation | undefined;
  readonly representative: Person | undefined;
}

/** Hands out the block's enterprises, and the truth of what is checked about them. */
export function emitEnterprises(block: Block, chooser: Chooser): Registered[] {
  const { planters, random } = block;
  const registered: Registered[] = [];
  for (let left = countOf(block, ENTERPRISES); left > 0; left -= 1) {
    const drawn = { ...drawRegistration(block, chooser, registered), earlier: registered };
    const planted = planters.registration.plant(random, (name) => REGISTRATION_APPLIERS[name](drawn, block));
    if (planted !== undefined) drawn.clean = false;
    const { enterprise } = drawn;
    const mentions = drawRepresentatives(block, chooser, drawn);
    const [first] = mentions;
    if (first === undefined) continue;
    enterprise.representatives = mentions.map(({ ref }) => ref);
    const references = mentions.flatMap(({ variations }) => variations);
    emitRecord(block, 'enterprise', enterprise, planted === undefined ? references : [planted, ...references]);
    registered.push({ ...drawn, planted, representative: first.person });
    if (enterprise.withdrawn === true) continue;
    emitRegistrationTruth(block, drawn, planted);
    for (const [part, said] of mentions.entries()) {
      const key = { registry: 'enterprise-registry', recordKey: enterprise.enterpriseCode, part } as const;
      emitPersonTruth(block, 'legal-representative', key, said.person, said.truth);
    }
  }
  return registered;
}

function emitRegistrationTruth(block: Block, drawn: Registration, planted: RegistrationVariation | undefined): void {
  const { enterprise, taxpayer, found } = drawn;
  const key = {
    registry: 'enterprise-registry',
    recordKey: enterprise.enterpriseCode,
    part: 0,
    counterpart: { registry: 'tax-office', recordKey: found ?? taxpayer.taxCode },
  } as const;
  const expectation = planted === undefined ? PLAIN : (expectationOf(planted, 'tax-registration') ?? PLAIN);
  emitTruth(block, 'tax-registration', key, expectation, planted === undefined ? [] : [planted]);
}

interface RepresentativeMention {
  readonly ref: Representative;
  readonly person: Person;
  /** What was planted in the record. */
  readonly variations: readonly VariationName[];
  readonly truth: { readonly expectation: typeof PLAIN; readonly variations: readonly VariationName[] };
}

function drawRepresentatives(
  block: Block,
  chooser: Chooser,
  { enterprise, owner, ownersNumber }: Registration,
): RepresentativeMention[] {
  const closed = isClosed(enterprise.status);
  const mentions: RepresentativeMention[] = [];
  const people = new Set<Person>();
  for (let left = owner === undefined ? countRepresentatives(block, enterprise) : 1; left > 0; left -= 1) {
    if (enterprise.withdrawn === true) {
      const person = chooser.adult();
      if (person !== undefined) mentions.push(plainMention(block, enterprise, person));
      break;
    }
    const unlike = (person: Person): boolean => !people.has(person);
    const said = mention(block, {
      check: 'legal-representative',
      planter: block.planters.representative,
      appliers: REFERENCE_APPLIERS,
      choose: (name) => (owner === undefined ? chooser.for(name, closed, unlike) : ownerFor(name, owner)),
      draft: (person) => referenceTo(person, ownersNumber),
    });
    if (said === undefined) continue;
    people.add(said.draft.person);
    mentions.push({
      ref: { ...said.draft.ref, title: titleOf(block, enterprise) },
      person: said.draft.person,
      variations: said.planted === undefined ? [] : [said.planted],
      truth: said,
    });
  }
  return mentions;
}

/** The owner, unless the variation needs somebody in particular. */
export function ownerFor(name: VariationName | undefined, owner: Person): Person | undefined {
  switch (name) {
    case 'deceased':
    case 'deceased-with-typo':
    case 'deceased-closed':
    case 'cmnd9-of-two':
    case 'id-superseded-other-gender':
      return undefined;
    default:
      return owner;
  }
}

function plainMention(block: Block, enterprise: Enterprise, person: Person): RepresentativeMention {
  const ref = { ...fullRef(person), title: titleOf(block, enterprise) };
  return { ref, person, variations: [], truth: { expectation: PLAIN, variations: [] } };
}

function countRepresentatives({ random }: Block, { type }: Enterprise): number {
  if (type !== 'MULTI_MEMBER_LLC' && type !== 'JOINT_STOCK') return 1;
  return random.pick([1, 1, 1, 1, 1, 1, 2, 2, 3]);
}

function titleOf({ random }: Block, { type }: Enterprise): string {
  switch (type) {
    case 'HOUSEHOLD_BUSINESS':
      return 'Chủ hộ kinh doanh';
    case 'BRANCH':
    case 'REPRESENTATIVE_OFFICE':
    case 'BUSINESS_LOCATION':
      return 'Người đứng đầu';
    default:
      return random.pick(['Giám đốc', 'Giám đốc', 'Tổng giám đốc', 'Chủ tịch hội đồng']);
  }
}
