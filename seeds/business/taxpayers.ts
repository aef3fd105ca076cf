import type { Taxpayer } from '#contracts/records';
import { countOf, drawWardName, emitRecord, emitTruth, LAST_YEAR, type Block } from '../block.ts';
import { drawBodyName } from '../names/company-names.ts';
import { fullRef } from '../people/person.ts';
import { drawDate } from '../people/population.ts';
import type { Chooser } from '../references/chooser.ts';
import { REFERENCE_APPLIERS } from '../references/reference-appliers.ts';
import { emitPersonTruth, mention, referenceTo, type Mention, type Reference } from '../references/reference.ts';
import {
  BODY_VARIATIONS,
  expectationOf,
  PLAIN,
  type ReferenceVariation,
  type TaxpayerVariation,
  type VariationName,
} from '../variations/index.ts';
import { drawAddress } from '../wards.ts';
import { ownerFor, type Registered } from './enterprises.ts';
import { TAXPAYER_APPLIERS, type IndividualDraft } from './taxpayer-appliers.ts';
import { drawPersonalTaxStatus } from './statuses.ts';

/** Persons with a tax code of their own as a share of the residents. */
const INDIVIDUALS = 0.1;
/** How many of them have their personal ID as tax code (possible since 1 July 2025). */
const WITH_PERSONAL_ID = 0.55;

/** Hands out the block's taxpayers, and the truth of what is checked about them. */
export function emitTaxpayers(block: Block, chooser: Chooser, registered: readonly Registered[]): void {
  emitRegistered(block, registered);
  emitBodies(block, registered.length);
  emitIndividuals(block, chooser);
}

function emitRegistered(block: Block, registered: readonly Registered[]): void {
  for (const { enterprise, taxpayer, taxpayerAbsent, owner, ownersNumber, representative, planted } of registered) {
    if (taxpayerAbsent === true) continue;
    const key = { registry: 'tax-office', recordKey: taxpayer.taxCode, part: 0 } as const;
    const withdrawn = taxpayer.withdrawn === true;
    let said: Mention<Reference, ReferenceVariation> | undefined;
    if (owner !== undefined && !withdrawn) {
      said = mention(block, {
        check: 'taxpayer-identity',
        planter: block.planters.owner,
        appliers: REFERENCE_APPLIERS,
        choose: (name) => ownerFor(name, owner),
        draft: (person) => referenceTo(person, ownersNumber),
      });
    }
    const ref = said?.draft.ref ?? (representative === undefined ? undefined : fullRef(representative));
    if (ref !== undefined) taxpayer.representative = ref;
    emitRecord(block, 'taxpayer', taxpayer, said?.planted === undefined ? [] : [said.planted]);
    if (said !== undefined) emitPersonTruth(block, 'taxpayer-identity', key, said.draft.person, said);
    if (enterprise.withdrawn !== true || withdrawn || planted === undefined) continue;
    const expectation = expectationOf(planted, 'tax-registration') ?? PLAIN;
    emitTruth(block, 'tax-registration', { ...key, counterpart: null }, expectation, [planted]);
  }
}

/** Bodies without business registration, and taxpayers who name an enterprise that is not registered. */
function emitBodies(block: Block, enterprises: number): void {
  const { random } = block;
  for (const { name } of BODY_VARIATIONS) {
    const count = Math.floor(enterprises * block.rates(name) + random.next());
    for (let left = count; left > 0; left -= 1) {
      const taxCode = block.nextTaxCode();
      const taxpayer: Taxpayer = {
        taxCode,
        kind: name === 'body-without-registration' && random.chance(0.2) ? 'DEPENDENT_UNIT' : 'ORGANISATION',
        name: drawBodyName(random),
        status: '00',
        address: drawAddress(random, block.ward),
        issuedOn: drawDate(block, random.between(2000, LAST_YEAR - 1)),
        managingOffice: `Thuế cơ sở ${block.wardPart}`,
      };
      if (name === 'enterprise-unknown') taxpayer.enterpriseCode = random.chance(0.5) ? taxCode : block.nextTaxCode();
      emitRecord(block, 'taxpayer', taxpayer, [name]);
      const key = { registry: 'tax-office', recordKey: taxCode, part: 0, counterpart: null } as const;
      emitTruth(block, 'tax-registration', key, expectationOf(name, 'tax-registration') ?? PLAIN, [name]);
    }
  }
}

function emitIndividuals(block: Block, chooser: Chooser): void {
  const { random } = block;
  for (let left = countOf(block, INDIVIDUALS); left > 0; left -= 1) {
    const byPersonalId = random.chance(WITH_PERSONAL_ID);
    const status = drawPersonalTaxStatus(random);
    const shortCode = byPersonalId ? undefined : block.nextTaxCode();
    const said = mention<IndividualDraft, ReferenceVariation | TaxpayerVariation>(block, {
      check: 'taxpayer-identity',
      planter: block.planters.individual,
      appliers: TAXPAYER_APPLIERS,
      choose: (name) => chooser.for(name, status === '01', (person) => !byPersonalId || !person.isTaxCode),
      draft: (person) => ({
        ...referenceTo(person, byPersonalId),
        taxCode: shortCode ?? person.personalId,
        nameOnly: false,
      }),
    });
    if (said === undefined) continue;
    const { draft, planted } = said;
    if (byPersonalId) draft.person.isTaxCode = true;
    emitRecord(
      block,
      'taxpayer',
      individual(block, draft, status),
      planted === undefined ? [] : [planted satisfies VariationName],
    );
    const key = { registry: 'tax-office', recordKey: draft.taxCode, part: 0 } as const;
    emitPersonTruth(block, 'taxpayer-identity', key, draft.person, said);
  }
}

function individual(block: Block, draft: IndividualDraft, status: Taxpayer['status']): Taxpayer {
  const { random } = block;
  const { taxCode, nameOnly, ref, person } = draft;
  const taxpayer: Taxpayer = {
    taxCode,
    kind: 'INDIVIDUAL',
    name: ref.fullName ?? person.fullName,
    status,
    address: drawAddress(random, drawWardName(block)),
    issuedOn: drawDate(block, random.between(2010, LAST_YEAR - 1)),
    managingOffice: `Thuế cơ sở ${block.wardPart}`,
  };
  if (!nameOnly) taxpayer.representative = ref;
  return taxpayer;
}
