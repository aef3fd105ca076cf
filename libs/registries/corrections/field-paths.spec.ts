import { describe, expect, it } from '@jest/globals';
import { loadRules } from '#contracts/rules';
import type { Check } from '#contracts/verdicts';
import { pathOf, placeOf } from './field-paths.ts';

const rules = loadRules();
const path = (check: Check, side: 'left' | 'right', field: string, identity = '', index = 0): string =>
  pathOf(rules, check, side, field, placeOf(check, { identity, index }));

describe('the path of a finding in the record', () => {
  it.each<[Check, 'left' | 'right', string, string, string]>([
    ['legal-representative', 'left', 'fullName', '', 'representatives.1.fullName'],
    ['legal-representative', 'left', 'documentNumber', '', 'representatives.1.documentNumber'],
    ['legal-representative', 'right', 'fullName', '', 'fullName'],
    ['tax-registration', 'left', 'name', '', 'name'],
    ['tax-registration', 'left', 'address.wardCode', '', 'headOffice.wardCode'],
    ['tax-registration', 'right', 'address.wardCode', '', 'address.wardCode'],
    ['tax-registration', 'left', 'taxCode', '', 'taxCode'],
    ['taxpayer-identity', 'left', 'gender', 'self', 'representative.gender'],
    ['birth', 'left', 'dateOfBirth', 'child', 'child.dateOfBirth'],
    ['birth', 'left', 'mother.fullName', 'child', 'mother.fullName'],
    ['death', 'left', 'fullName', 'deceased', 'deceased.fullName'],
    ['death', 'right', 'diedOn', 'deceased', 'diedOn'],
    ['marriage', 'left', 'fullName', 'wife', 'wife.fullName'],
    ['marriage', 'left', 'spouse.fullName', 'wife', 'husband.fullName'],
    ['marriage', 'right', 'maritalStatus', 'wife', 'maritalStatus'],
  ])('of %s, on the %s, for %s', (check, side, field, identity, expected) => {
    expect(path(check, side, field, identity, 1)).toBe(expected);
  });
});
