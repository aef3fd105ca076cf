import type { Enterprise, Taxpayer } from '#contracts/records';
import { LAST_YEAR, type Block } from '../block.ts';
import { drawCompanyName, type EnterpriseType } from '../names/company-names.ts';
import type { Person } from '../people/person.ts';
import { drawDate } from '../people/population.ts';
import type { Chooser } from '../references/chooser.ts';
import { drawAddress, type Ward } from '../wards.ts';
import { drawEnterpriseStatus, drawFittingTaxStatus } from './statuses.ts';

/** An enterprise with its taxpayer, in agreement as long as nothing is planted. */
export interface Registration {
  enterprise: Enterprise;
  taxpayer: Taxpayer;
  /** What the name consists of: form and sector, and the name proper, in which letters may be changed. */
  readonly head: string;
  readonly core: string;
  /** Where both say that it is. */
  readonly ward: Ward;
  /** The owner of a household business. */
  readonly owner: Person | undefined;
  /** The code is the owner's personal ID. */
  readonly ownersNumber: boolean;
  readonly mayHaveUnits: boolean;
  /** Dependent units so far. */
  units: number;
  /** The taxpayer is not handed out. */
  taxpayerAbsent?: true;
  /** Key of the taxpayer that the check finds, where it is not this registration's own. */
  found?: string;
  /** Nothing was planted. */
  clean: boolean;
}

const TYPES: readonly (readonly [EnterpriseType, number])[] = [
  ['SINGLE_MEMBER_LLC', 26],
  ['MULTI_MEMBER_LLC', 18],
  ['JOINT_STOCK', 10],
  ['PARTNERSHIP', 1],
  ['SOLE_PROPRIETORSHIP', 4],
  ['BRANCH', 5],
  ['REPRESENTATIVE_OFFICE', 2],
  ['BUSINESS_LOCATION', 5],
  ['COOPERATIVE', 3],
  ['COOPERATIVE_UNION', 1],
  ['HOUSEHOLD_BUSINESS', 25],
];
const TYPE_TABLE = TYPES.flatMap(([type, weight]) => Array.from({ length: weight }, () => type));
const DEPENDENT: readonly EnterpriseType[] = ['BRANCH', 'REPRESENTATIVE_OFFICE', 'BUSINESS_LOCATION'];
/** Units of one parent have three digits; few have so many. */
const MAX_UNITS = 40;

/** An enterprise and its taxpayer; dependent units belong to one of the earlier registrations. */
export function drawRegistration(block: Block, chooser: Chooser, earlier: readonly Registration[]): Registration {
  const { random } = block;
  const type = random.pick(TYPE_TABLE);
  if (type === 'HOUSEHOLD_BUSINESS') {
    const ownersNumber = random.chance(0.6);
    const owner = chooser.adult((person) => !ownersNumber || !person.isTaxCode);
    if (owner !== undefined) return householdBusiness(block, owner, ownersNumber);
  }
  if (DEPENDENT.includes(type) && earlier.length > 0) {
    const parent = random.pick(earlier);
    if (parent.mayHaveUnits && parent.units < MAX_UNITS) return dependentUnit(block, type, parent);
  }
  return company(block, type === 'HOUSEHOLD_BUSINESS' || DEPENDENT.includes(type) ? 'MULTI_MEMBER_LLC' : type);
}

interface Identity {
  readonly type: EnterpriseType;
  readonly kind: Taxpayer['kind'];
  readonly enterpriseCode: string;
  readonly taxCode: string;
  readonly head: string;
  readonly core: string;
  readonly owner?: Person;
  readonly ownersNumber?: boolean;
  readonly parentCode?: string;
}

function company(block: Block, type: EnterpriseType): Registration {
  const code = block.nextTaxCode();
  const { head, core } = drawCompanyName(block.random, type);
  return register(block, { type, kind: 'ORGANISATION', enterpriseCode: code, taxCode: code, head, core });
}

function dependentUnit(block: Block, type: EnterpriseType, parent: Registration): Registration {
  parent.units += 1;
  const parentCode = parent.enterprise.enterpriseCode;
  const taxCode = `${parentCode}-${String(parent.units).padStart(3, '0')}`;
  const location = `${parentCode}.${String(parent.units).padStart(5, '0')}`;
  const enterpriseCode = type === 'BUSINESS_LOCATION' ? location : taxCode;
  const head = `${drawCompanyName(block.random, type).form} ${parent.head}`;
  return register(block, {
    type,
    kind: 'DEPENDENT_UNIT',
    enterpriseCode,
    taxCode,
    head,
    core: parent.core,
    parentCode,
  });
}

function householdBusiness(block: Block, owner: Person, ownersNumber: boolean): Registration {
  if (ownersNumber) owner.isTaxCode = true;
  const code = ownersNumber ? owner.personalId : block.nextTaxCode();
  const { form: head } = drawCompanyName(block.random, 'HOUSEHOLD_BUSINESS');
  const core = owner.fullName.toUpperCase();
  const codes = { enterpriseCode: code, taxCode: code };
  return register(block, {
    type: 'HOUSEHOLD_BUSINESS',
    kind: 'HOUSEHOLD_BUSINESS',
    ...codes,
    head,
    core,
    owner,
    ownersNumber,
  });
}

function register(block: Block, identity: Identity): Registration {
  const { random } = block;
  const { enterpriseCode, taxCode, head, core, owner, parentCode } = identity;
  const name = `${head} ${core}`;
  const ward = random.chance(0.25) && block.ward.old.length > 0 ? random.pick(block.ward.old) : block.ward;
  const status = drawEnterpriseStatus(random);
  const founded = drawDate(block, random.between(2005, LAST_YEAR - 1));
  const address = drawAddress(random, ward);
  const enterprise: Enterprise = {
    enterpriseCode,
    taxCode,
    name,
    type: identity.type,
    status,
    foundedOn: founded,
    headOffice: address,
    representatives: [],
  };
  if (parentCode !== undefined) enterprise.parentCode = parentCode;
  const taxpayer: Taxpayer = {
    taxCode,
    kind: identity.kind,
    name,
    status: drawFittingTaxStatus(random, status),
    enterpriseCode,
    address: { ...address },
    issuedOn: founded,
    managingOffice: `Thuế cơ sở ${block.wardPart}`,
  };
  const ownersNumber = identity.ownersNumber === true;
  const mayHaveUnits = identity.kind === 'ORGANISATION';
  return { enterprise, taxpayer, head, core, ward, owner, ownersNumber, mayHaveUnits, units: 0, clean: true };
}
