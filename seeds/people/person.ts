import type { PersonRef, Resident } from '#contracts/records';
import type { Sex } from '../identifiers.ts';
import type { LookalikeVariation, ResidentVariation } from '../variations/index.ts';

/** Somebody whom records mention and who need not be a resident. */
export interface Relative {
  readonly fullName: string;
  readonly gender: Sex;
  readonly dateOfBirth?: string;
  readonly personalId?: string;
  /** Set for foreigners. */
  readonly nationality?: string;
  readonly passport?: string;
}

/** A resident of the province, as they are. What the residents database has instead stands in `recorded`. */
export interface Person extends Relative {
  /** Place among all residents of the province, from 0. */
  readonly index: number;
  fullName: string;
  readonly dateOfBirth: string;
  personalId: string;
  /** Two-digit code of the old province of birth; undefined for one far away. */
  readonly bornIn: string | undefined;
  readonly surname: string;
  given: string;
  mother?: Relative;
  father?: Relative;
  spouse?: Relative;
  householder?: Person;
  maritalStatus: MaritalStatus;
  status: Resident['status'];
  diedOn?: string;
  formerPersonalId?: string;
  cmnd9s: string[];
  recorded: Recorded;
  variation?: ResidentVariation | LookalikeVariation;
  /** How many records of other registries are checked against this resident. */
  mentions: number;
  /** No other record may mention this resident. */
  exclusive: boolean;
  /** The personal ID serves as somebody's tax code. */
  isTaxCode: boolean;
}

export type MaritalStatus = NonNullable<Resident['maritalStatus']>;

/** What the residents database has in place of what is true; null where it has nothing. */
export interface Recorded {
  fullName?: string;
  dateOfBirth?: string;
  gender?: 'UNKNOWN';
  maritalStatus?: MaritalStatus | null;
  spouseName?: string | null;
  parents?: null;
  diedOn?: null;
  withdrawn?: true;
}

/** A mention of a relative by name and, where known, number. */
export function shortRef(relative: Relative): PersonRef {
  const ref: PersonRef = { fullName: relative.fullName };
  if (relative.personalId !== undefined) {
    ref.documentType = 'PERSONAL_ID';
    ref.documentNumber = relative.personalId;
  }
  if (relative.nationality !== undefined) ref.nationality = relative.nationality;
  return ref;
}

/** A mention with everything that a register writes down about a person. */
export function fullRef(relative: Relative): PersonRef {
  const ref: PersonRef = { fullName: relative.fullName };
  if (relative.dateOfBirth !== undefined) ref.dateOfBirth = relative.dateOfBirth;
  ref.gender = relative.gender;
  ref.nationality = relative.nationality ?? 'Việt Nam';
  if (relative.passport !== undefined) {
    ref.documentType = 'PASSPORT';
    ref.documentNumber = relative.passport;
  } else if (relative.personalId !== undefined) {
    ref.documentType = 'PERSONAL_ID';
    ref.documentNumber = relative.personalId;
  }
  return ref;
}
