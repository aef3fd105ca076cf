import type { Enterprise, Taxpayer } from '#contracts/records';
import type { Random } from '../random.ts';

export type EnterpriseStatus = Enterprise['status'];
export type TaxStatus = Taxpayer['status'];

/** Tax statuses that may stand beside an enterprise's status, the usual one first. */
const TOGETHER: Readonly<Record<EnterpriseStatus, readonly [TaxStatus, ...TaxStatus[]]>> = {
  ACTIVE: ['00', '02', '09', '10'],
  SUSPENDED: ['05', '02'],
  NOT_AT_ADDRESS: ['06', '09'],
  REVOKED: ['03', '06', '01'],
  DISSOLVING: ['03', '07'],
  REORGANISED: ['03', '01'],
  DISSOLVED: ['01'],
  BANKRUPT: ['01', '07'],
};
const TAX_STATUSES: readonly TaxStatus[] = ['00', '01', '02', '03', '05', '06', '07', '09', '10'];
const RARE: readonly EnterpriseStatus[] = [
  'SUSPENDED',
  'SUSPENDED',
  'NOT_AT_ADDRESS',
  'REVOKED',
  'DISSOLVING',
  'REORGANISED',
  'DISSOLVED',
  'DISSOLVED',
  'BANKRUPT',
];

export function drawEnterpriseStatus(random: Random): EnterpriseStatus {
  return random.chance(0.78) ? 'ACTIVE' : random.pick(RARE);
}

/** A dead person may stand for an enterprise of that status. */
export function isClosed(status: EnterpriseStatus): boolean {
  return status === 'DISSOLVED' || status === 'BANKRUPT';
}

export function mayStandTogether(status: EnterpriseStatus, tax: TaxStatus): boolean {
  return TOGETHER[status].includes(tax);
}

export function drawFittingTaxStatus(random: Random, status: EnterpriseStatus): TaxStatus {
  const fitting = TOGETHER[status];
  return random.chance(0.85) ? fitting[0] : random.pick(fitting);
}

export function drawConflictingTaxStatus(random: Random, status: EnterpriseStatus): TaxStatus {
  return random.pick(TAX_STATUSES.filter((tax) => !mayStandTogether(status, tax)));
}

/** Status of a person who pays taxes: mostly active, `01` for the closed ones. */
export function drawPersonalTaxStatus(random: Random): TaxStatus {
  return random.chance(0.8) ? '00' : random.pick(['01', '01', '01', '03', '05', '06', '10']);
}
