import type { Block } from '../block.ts';
import { taxCheckDigit, withWrongCheckDigit } from '../identifiers.ts';
import { abbreviated, drawCompanyName } from '../names/company-names.ts';
import type { Applier } from '../references/reference.ts';
import { differClearly } from '../text/fold.ts';
import {
  decomposed,
  iForY,
  lowerCased,
  marksLost,
  newTonePlacement,
  spaced,
  type TextVariant,
} from '../text/text-variants.ts';
import { mistyped } from '../text/typo.ts';
import type { RegistrationVariation } from '../variations/index.ts';
import { drawAddress, mayBeSamePlace, type Ward } from '../wards.ts';
import type { Registration } from './registration.ts';
import { drawConflictingTaxStatus, mayStandTogether } from './statuses.ts';

/** A registration and those of the block before it. */
export interface RegistrationDraft extends Registration {
  readonly earlier: readonly Registration[];
}

type RegistrationApplier = Applier<RegistrationDraft>;

const named =
  (variant: TextVariant): RegistrationApplier =>
  ({ enterprise }, { random }) => {
    const name = variant(enterprise.name, random);
    if (name === undefined) return false;
    enterprise.name = name;
    return true;
  };

/** Changes the name proper only: a wrong letter in "CÔNG TY" is another matter. */
const coreNamed =
  (variant: TextVariant): RegistrationApplier =>
  ({ enterprise, head, core }, { random }) => {
    const name = variant(core, random);
    if (name === undefined) return false;
    enterprise.name = `${head} ${name}`;
    return true;
  };

/** States another tax code; undefined where there is none to state. Never for a code that is its owner's personal ID. */
const coded =
  (code: (draft: RegistrationDraft, block: Block) => string | undefined): RegistrationApplier =>
  (draft, block) => {
    const value = draft.ownersNumber ? undefined : code(draft, block);
    if (value === undefined) return false;
    draft.enterprise.taxCode = value;
    return true;
  };

/** Puts the enterprise and the taxpayer, or the other way round, at two wards. */
function place(draft: RegistrationDraft, { random }: Block, left: Ward, right: Ward): true {
  draft.enterprise.headOffice = drawAddress(random, left);
  draft.taxpayer.address = drawAddress(random, right);
  return true;
}

const PLAIN_CODE = /^\d{10}$/;

export const REGISTRATION_APPLIERS: Readonly<Record<RegistrationVariation, RegistrationApplier>> = {
  'tax-code-absent': ({ enterprise }) => enterprise.type !== 'BUSINESS_LOCATION' && delete enterprise.taxCode,
  'tax-code-undashed': coded(({ taxpayer: { taxCode } }) =>
    taxCode.includes('-') ? taxCode.replace('-', '') : undefined,
  ),
  'company-name-nfd': named(decomposed),
  'company-name-spacing': named(spaced),
  'company-name-case': named(lowerCased),
  'company-name-tone-placement': named(newTonePlacement),
  'company-name-abbreviated': named(abbreviated),
  'ward-renamed': (draft, block) => {
    const { ward, wards, random } = block;
    const renamed = ward.old.filter(({ code }) => code !== ward.code && wards.meanings(code).size === 1);
    if (renamed.length === 0) return false;
    const old = random.pick(renamed);
    return random.chance(0.7) ? place(draft, block, old, ward) : place(draft, block, ward, old);
  },
  'ward-split': (draft, block) => {
    const { wards, random } = block;
    if (wards.split.length === 0) return false;
    const { old, parts } = random.pick(wards.split);
    return place(draft, block, old, random.pick(parts.filter(({ code }) => code !== old.code)));
  },
  'province-renamed': ({ enterprise, taxpayer }, { wards, random }) => {
    const renamed = wards.oldProvinces.filter((code) => code !== wards.province);
    if (renamed.length === 0) return false;
    enterprise.headOffice = { provinceCode: random.pick(renamed) };
    taxpayer.address = { provinceCode: wards.province };
    return true;
  },
  'address-missing': ({ enterprise }) => delete enterprise.headOffice,
  'taxpayer-address-missing': ({ taxpayer }) => delete taxpayer.address,
  'company-name-typo': coreNamed(mistyped),
  'company-name-marks-lost': named(marksLost),
  'company-name-i-y': coreNamed(iForY),
  'company-name-other': ({ enterprise, core, head }, { random }) => {
    const name = drawCompanyName(random, 'JOINT_STOCK').core;
    if (!differClearly(name, core)) return false;
    enterprise.name = `${head} ${name}`;
    return true;
  },
  'ward-other': (draft, block) => {
    const { wards, random } = block;
    const ward = random.pick(wards.wards);
    if (mayBeSamePlace(wards, draft.ward.code, ward.code)) return false;
    return place(draft, block, draft.ward, ward);
  },
  'tax-status-conflict': ({ enterprise, taxpayer }, { random }) => {
    taxpayer.status = drawConflictingTaxStatus(random, enterprise.status);
    return true;
  },
  'tax-code-of-another': (draft, block) => {
    const { enterprise, core, ward, earlier } = draft;
    const another = earlier.find(
      (other) =>
        !draft.ownersNumber &&
        other.clean &&
        !other.ownersNumber &&
        other.ward.code === ward.code &&
        mayStandTogether(enterprise.status, other.taxpayer.status) &&
        differClearly(core, other.core),
    );
    if (another === undefined) return false;
    draft.found = another.taxpayer.taxCode;
    return coded(() => another.taxpayer.taxCode)(draft, block);
  },
  'tax-code-unknown': coded((_, { nextTaxCode }) => nextTaxCode()),
  'tax-code-check-digit': coded(({ taxpayer: { taxCode } }) => withWrongCheckDigit(taxCode)),
  'tax-code-too-short': coded(({ taxpayer: { taxCode } }) => {
    const short = taxCode.slice(0, 9);
    const restored = `0${short}`;
    // Nine digits that only lack their leading zero could be restored.
    const restorable = taxCheckDigit(restored.slice(0, 9)) === Number(restored[9]);
    return PLAIN_CODE.test(taxCode) && !restorable ? short : undefined;
  }),
  'taxpayer-absent': (draft) => {
    draft.taxpayerAbsent = true;
    return true;
  },
  'taxpayer-withdrawn': ({ taxpayer }) => {
    taxpayer.withdrawn = true;
    return true;
  },
  'enterprise-withdrawn': ({ enterprise, taxpayer }) => {
    if (taxpayer.kind === 'HOUSEHOLD_BUSINESS') return false;
    enterprise.withdrawn = true;
    return true;
  },
};
