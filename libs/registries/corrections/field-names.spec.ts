import { describe, expect, it } from '@jest/globals';
import { loadRules } from '#contracts/rules';
import type { Check } from '#contracts/verdicts';
import { isCorrectable } from './index.ts';

const rules = loadRules();

describe('the name of a field that is to be corrected', () => {
  it.each<[Check, string]>([
    ['legal-representative', 'fullName'],
    ['legal-representative', 'documentNumber'],
    ['legal-representative', 'representatives.0.fullName'],
    ['tax-registration', 'address'],
    ['tax-registration', 'address.wardCode'],
    ['tax-registration', 'headOffice.wardCode'],
    ['tax-registration', 'taxCode'],
    ['birth', 'mother.fullName'],
    ['marriage', 'spouse.fullName'],
    ['duplicate', 'personalId'],
  ])('is one of what %s compares, or of its records: %s', (check, field) => {
    expect(isCorrectable(rules, check, field)).toBe(true);
  });

  it.each([
    'NguyenVanBinh',
    'fullName.NguyenVanBinh',
    'representatives.0.Binh',
    'representatives.001080012345',
    'constructor',
    '__proto__',
    '',
  ])('is none that is only written like one: %s', (field) => {
    expect(isCorrectable(rules, 'legal-representative', field)).toBe(false);
  });
});
