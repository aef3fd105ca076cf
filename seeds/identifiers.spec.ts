import { describe, expect, it } from '@jest/globals';
import { stdnum } from 'stdnum';
import { createIdentifiers, createTaxCodes, withWrongCheckDigit } from './identifiers.ts';

const HOME = ['17', '25', '26'];

describe('Personal IDs', () => {
  const ids = createIdentifiers(7, HOME);

  it('say province, century, gender and year', () => {
    expect(ids.personalId(1, '25', 'MALE', 1980)).toMatch(/^025080\d{6}$/);
    expect(ids.personalId(2, '25', 'FEMALE', 1980)).toMatch(/^025180\d{6}$/);
    expect(ids.personalId(3, '25', 'MALE', 2004)).toMatch(/^025204\d{6}$/);
    expect(ids.personalId(4, '25', 'FEMALE', 2004)).toMatch(/^025304\d{6}$/);
  });

  it('are told apart by the last six digits alone', () => {
    const serials = new Set<string>();
    for (let index = 0; index < 1_000_000; index += 7) serials.add(ids.personalId(index, '25', 'MALE', 1980).slice(6));
    expect(serials.size).toBe(Math.ceil(1_000_000 / 7));
  });

  it('of residents, former and unknown ones begin with different provinces', () => {
    const provinces = [new Set<string>(HOME), new Set<string>(), new Set<string>()] as const;
    for (let index = 0; index < 200; index += 1) {
      provinces[0].add(ids.personalId(index, undefined, 'MALE', 1990).slice(1, 3));
      provinces[1].add(ids.formerPersonalId(index, 'MALE', 1990).slice(1, 3));
      provinces[2].add(ids.unknownPersonalId(index, 'MALE', 1990).slice(1, 3));
    }
    const all = provinces.flatMap((codes) => [...codes]);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('9-digit numbers', () => {
  it('of residents and unknown ones never meet', () => {
    const ids = createIdentifiers(7, HOME);
    const numbers = Array.from({ length: 5000 }, (_, index) => [ids.cmnd9(index), ids.unknownCmnd9(index)]).flat();
    expect(new Set(numbers).size).toBe(10_000);
    expect(numbers.every((number) => /^\d{9}$/.test(number))).toBe(true);
  });
});

describe('Tax codes', () => {
  const codesOf = (block: number): string[] => {
    const next = createTaxCodes(7, '25', block, 500);
    return Array.from({ length: 400 }, () => next());
  };

  it('have the right check digit', () => {
    for (const code of codesOf(3)) expect(stdnum.VN?.['mst']?.validate(code).isValid).toBe(true);
  });

  it('are given once, across blocks', () => {
    const codes = [0, 1, 2, 1999].flatMap(codesOf);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('have a wrong check digit when asked for', () => {
    for (const code of codesOf(0)) {
      expect(stdnum.VN?.['mst']?.validate(withWrongCheckDigit(code)).isValid).toBe(false);
      expect(stdnum.VN?.['mst']?.validate(withWrongCheckDigit(`${code}-001`)).isValid).toBe(false);
    }
  });
});
