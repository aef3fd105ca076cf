import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanCode, parseCmnd9, parseEnterpriseCode, parsePersonalId, parseTaxCode, restoreCode } from './index.ts';

const reasonOf = (parsed: { ok: true } | { ok: false; reason: string }): string => (parsed.ok ? 'OK' : parsed.reason);

describe('a code as it is written', () => {
  it.each([
    ['spaces', ' 0100 233 488 ', '0100233488'],
    ['no-break spaces', '0100\u00a0233\u202f488', '0100233488'],
    ['dots', '0100.233.488', '0100233488'],
    ['dashes of any kind', '0314409058–0\u201102', '0314409058002'],
    ['zero-width characters', '\ufeff0100\u200b233488', '0100233488'],
  ])('may have %s', (_, text, code) => {
    expect(cleanCode(text)).toBe(code);
  });
});

describe('a personal ID', () => {
  it('says province of birth registration, gender and birth year', () => {
    expect(parsePersonalId('001 080 012 345')).toEqual({
      ok: true,
      value: { digits: '001080012345', provinceCode: '01', gender: 'MALE', birthYear: 1980 },
    });
  });

  it.each([
    ['0', 'MALE', 1999],
    ['1', 'FEMALE', 1999],
    ['2', 'MALE', 2099],
    ['3', 'FEMALE', 2099],
    ['4', 'MALE', 2199],
    ['5', 'FEMALE', 2199],
    ['6', 'MALE', 2299],
    ['7', 'FEMALE', 2299],
    ['8', 'MALE', 2399],
    ['9', 'FEMALE', 2399],
  ])('with the century digit %s is of a %s born in %i', (digit, gender, birthYear) => {
    expect(parsePersonalId(`079${digit}99000001`)).toMatchObject({ value: { gender, birthYear } });
  });

  it('may begin with a country instead of a province', () => {
    expect(parsePersonalId('123080012345')).toMatchObject({ ok: true, value: { provinceCode: null } });
  });

  it.each([
    ['', 'EMPTY'],
    [' - ', 'EMPTY'],
    ['00108001234', 'LENGTH'],
    ['0010800123456', 'LENGTH'],
    ['00108001234A', 'CHARACTERS'],
    ['٠٠١٠٨٠٠١٢٣٤٥', 'CHARACTERS'],
  ])('is not %j: %s', (text, reason) => {
    expect(reasonOf(parsePersonalId(text))).toBe(reason);
  });

  it('has only its length for a format', () => {
    expect(parsePersonalId('000000000000').ok).toBe(true);
  });
});

describe('a nine-digit identity number', () => {
  it('is nine digits', () => {
    expect(parseCmnd9('012 345 678')).toEqual({ ok: true, value: { digits: '012345678' } });
    expect(reasonOf(parseCmnd9('01234567'))).toBe('LENGTH');
    expect(reasonOf(parseCmnd9('B1234567'))).toBe('CHARACTERS');
  });
});

describe('a tax code', () => {
  it('is ten digits with a check digit', () => {
    expect(parseTaxCode('0100233488')).toEqual({ ok: true, value: { canonical: '0100233488', kind: 'ENTERPRISE' } });
    expect(reasonOf(parseTaxCode('0100233480'))).toBe('CHECK_DIGIT');
  });

  it('is ten digits and a suffix from 001 to 999, with or without its dash', () => {
    const unit = { canonical: '0314409058-002', kind: 'DEPENDENT', parent: '0314409058' };
    for (const text of ['0314409058-002', '0314409058002', '0314409058 - 002']) {
      expect(parseTaxCode(text)).toEqual({ ok: true, value: unit });
    }
    expect(reasonOf(parseTaxCode('0314409058-000'))).toBe('SUFFIX');
    expect(reasonOf(parseTaxCode('0314409059-002'))).toBe('CHECK_DIGIT');
  });

  it('is the personal ID of an individual', () => {
    expect(parseTaxCode('001080012345')).toEqual({ ok: true, value: { canonical: '001080012345', kind: 'PERSONAL' } });
  });

  it.each(['', '010023348', '01002334881', '0100233488.00012', '0314409058-02'])('is not %j', (text) => {
    expect(reasonOf(parseTaxCode(text))).toBe(text === '' ? 'EMPTY' : 'LENGTH');
  });

  it('has no serial 0000000 and no province 00', () => {
    expect(reasonOf(parseTaxCode('0000000000'))).toBe('NUMBER');
    expect(reasonOf(parseTaxCode('0100000000'))).toBe('NUMBER');
  });
});

describe('an enterprise code', () => {
  it.each([
    ['0100233488', '0100233488', 'ENTERPRISE'],
    ['0314409058002', '0314409058-002', 'DEPENDENT'],
    ['001080012345', '001080012345', 'PERSONAL'],
    ['0100233488.00012', '0100233488.00012', 'LOCATION'],
    ['010023348800012', '0100233488.00012', 'LOCATION'],
  ])('%s is %s, of the kind %s', (text, canonical, kind) => {
    expect(parseEnterpriseCode(text)).toMatchObject({ ok: true, value: { canonical, kind } });
  });

  it('of a business location begins with a valid parent', () => {
    expect(parseEnterpriseCode('0100233488.00012')).toMatchObject({ value: { parent: '0100233488' } });
    expect(reasonOf(parseEnterpriseCode('0100233480.00012'))).toBe('CHECK_DIGIT');
  });

  it('with a suffix of two digits is no personal ID', () => {
    expect(reasonOf(parseEnterpriseCode('0100233488.12'))).toBe('LENGTH');
    expect(reasonOf(parseEnterpriseCode('0100233488-12'))).toBe('LENGTH');
  });
});

describe('a code that lost its zeros in a spreadsheet', () => {
  it.each([
    ['enterprise', '100233488', '0100233488'],
    ['enterprise', ' 100.233.488 ', '0100233488'],
    ['tax', '100233488', '0100233488'],
    ['tax', '314409058-002', '0314409058-002'],
    ['enterprise', '100233488.00012', '0100233488.00012'],
  ] as const)('of the kind %s, %s, is given back where its check digit proves it', (kind, text, code) => {
    expect(restoreCode(kind, text)).toBe(code);
  });

  it.each([
    ['enterprise', '100233489', 'the check digit does not hold'],
    ['enterprise', '314409058002', 'it is a well-formed personal ID'],
    ['tax', '100233488.00012', 'no tax code is written so'],
    ['personal-id', '1080012345', 'nothing proves it'],
    ['personal-id', '79080012345', 'nothing proves it'],
    ['cmnd9', '12345678', 'nothing proves it'],
    ['enterprise', '0100233488', 'nothing was lost'],
  ] as const)('of the kind %s, %s, stays: %s', (kind, text, _) => {
    expect(restoreCode(kind, text)).toBe(text);
  });
});

it('no string makes a parser throw, and what it reads it reads again from its canonical form', () => {
  const digitsAndMore = fc.string({ unit: fc.constantFrom(...Array.from('0123456789.- \u00a0A')), maxLength: 18 });
  fc.assert(
    fc.property(fc.oneof(digitsAndMore, fc.string({ unit: 'binary' })), (text) => {
      parsePersonalId(text);
      parseCmnd9(text);
      for (const parse of [parseTaxCode, parseEnterpriseCode]) {
        const first = parse(text);
        if (first.ok) expect(parse(first.value.canonical)).toEqual(first);
      }
      expect(cleanCode(cleanCode(text))).toBe(cleanCode(text));
    }),
  );
});
