import { describe, expect, it } from '@jest/globals';
import type { Check } from '#contracts/verdicts';
import { checksFrom, isDue, lookupOf, partsOf } from './index.ts';
import {
  birth,
  death,
  enterprise,
  individual,
  judged,
  marriage,
  NOT_FOUND,
  person,
  resident,
  taxpayer,
} from './testing/samples.ts';

describe('which checks a record is on the left of', () => {
  it.each([
    ['enterprise', ['legal-representative', 'tax-registration']],
    ['taxpayer', ['tax-registration', 'taxpayer-identity']],
    ['birth', ['birth']],
    ['death', ['death']],
    ['marriage', ['marriage']],
    ['resident', ['duplicate']],
  ] as const)('%s', (record, checks) => {
    expect(checksFrom(record)).toEqual(checks);
  });
});

describe('the parts that a check judges', () => {
  it("each of the enterprise's representatives, by document", () => {
    const { documentType: _, ...untyped } = person({ documentNumber: '001 080 012 345' });
    const representatives = [untyped, person({ documentType: 'CMND9', documentNumber: '012345678' })];
    const parts = partsOf('legal-representative', enterprise({ representatives }));
    expect(parts.map(({ index, identity }) => [index, identity])).toEqual([
      [0, 'PERSONAL_ID:001080012345'],
      [1, 'CMND9:012345678'],
    ]);
  });

  it('by name and date of birth without a document, which its place in the array does not change', () => {
    const named = { fullName: 'Đặng Hoà An', dateOfBirth: '1980' };
    const identities = (first: object, second: object) =>
      partsOf('legal-representative', enterprise({ representatives: [first, second] })).map((part) => part.identity);
    expect(identities(named, person())).toEqual(identities(person(), named).reverse());
    expect(identities(named, {})[0]).toBe(identities({ ...named, fullName: 'ĐẶNG HÒA AN' }, {})[0]);
  });

  it('a repeated identity is told apart by its turn', () => {
    const parts = partsOf('legal-representative', enterprise({ representatives: [person(), {}, person(), {}] }));
    expect(parts.map((part) => part.identity)).toEqual([
      'PERSONAL_ID:001080012345',
      'name::',
      'PERSONAL_ID:001080012345#2',
      'name::#2',
    ]);
  });

  it('0 husband, 1 wife', () => {
    const { husband, wife } = marriage();
    expect(partsOf('marriage', marriage())).toEqual([
      { index: 0, identity: 'husband', person: husband },
      { index: 1, identity: 'wife', person: wife },
    ]);
  });

  it('the child, the deceased, the taxpayer themselves', () => {
    expect(partsOf('birth', birth())).toMatchObject([{ index: 0, identity: 'child' }]);
    expect(partsOf('death', death())).toMatchObject([{ index: 0, identity: 'deceased' }]);
    expect(partsOf('taxpayer-identity', individual())).toMatchObject([{ index: 0, identity: 'self' }]);
    expect(partsOf('taxpayer-identity', individual({ kind: 'HOUSEHOLD_BUSINESS' }))).toHaveLength(1);
  });

  it("the name of a taxpayer's person falls back to name", () => {
    const { fullName: _, ...nameless } = person();
    const parts = partsOf('taxpayer-identity', individual({ representative: nameless, name: 'Lê Hoa' }));
    expect(parts[0]?.person).toEqual({ ...nameless, fullName: 'Lê Hoa' });
  });

  it('none where the check does not concern the record', () => {
    expect(partsOf('taxpayer-identity', taxpayer())).toEqual([]);
    expect(partsOf('taxpayer-identity', taxpayer({ kind: 'DEPENDENT_UNIT' }))).toEqual([]);
    expect(partsOf('tax-registration', individual())).toEqual([]);
    expect(partsOf('tax-registration', individual({ kind: 'HOUSEHOLD_BUSINESS' }))).toEqual([]);
    expect(partsOf('duplicate', resident())).toEqual([]);
    expect(partsOf('birth', resident())).toEqual([]);
  });

  it('none of a withdrawn record', () => {
    const checks: readonly Check[] = ['legal-representative', 'tax-registration'];
    for (const check of checks) expect(partsOf(check, enterprise({ withdrawn: true }))).toEqual([]);
  });
});

describe('tax-registration on the taxpayer', () => {
  const [part] = partsOf('tax-registration', taxpayer());

  it.each(['ORGANISATION', 'DEPENDENT_UNIT'] as const)(
    'an %s without enterpriseCode is a body without business registration: NOT_APPLICABLE',
    (kind) => {
      const { enterpriseCode: _, ...body } = taxpayer({ kind });
      if (part === undefined) throw new Error('a taxpayer has a part');
      expect(lookupOf('tax-registration', body, part)).toEqual({ kind: 'not-applicable' });
      const found = { kind: 'lookup', why: 'not-applicable' } as const;
      expect(judged('tax-registration', body, null, found)).toMatchObject({
        outcome: 'NOT_APPLICABLE',
        codes: [],
        findings: [],
      });
      expect(isDue('tax-registration', body, found)).toBe(true);
    },
  );

  it('has a line when no enterprise has its enterpriseCode, and none when one has', () => {
    expect(isDue('tax-registration', taxpayer(), NOT_FOUND)).toBe(true);
    expect(isDue('tax-registration', taxpayer(), { kind: 'found', by: 'ENTERPRISE_CODE' })).toBe(false);
    expect(isDue('tax-registration', enterprise(), { kind: 'found', by: 'TAX_CODE' })).toBe(true);
  });
});

it('a foreigner is NOT_APPLICABLE, without codes even where the number disagrees with the date', () => {
  const left = birth({ nationality: 'Lào', dateOfBirth: '1970' });
  expect(judged('birth', left, null, { kind: 'lookup', why: 'not-applicable' })).toMatchObject({
    outcome: 'NOT_APPLICABLE',
    codes: [],
    findings: [],
  });
});

describe('marriage', () => {
  it("compares the resident's spouse with the other spouse of the record", () => {
    const wife = resident({
      personalId: '001182054321',
      fullName: 'Trần Thị Quý',
      dateOfBirth: '1982-03-04',
      gender: 'FEMALE',
      spouse: { fullName: 'Đặng Hoà An' },
    });
    expect(judged('marriage', marriage(), wife, undefined, 1)).toMatchObject({
      outcome: 'MATCHED',
      findings: [{ field: 'dateOfBirth', verdict: 'PARTIAL' }],
    });
    const remarried = { ...wife, spouse: { fullName: 'Bùi Minh Châu' } };
    expect(judged('marriage', marriage(), remarried, undefined, 1)).toMatchObject({
      codes: ['FIELD_MISMATCH'],
      findings: [
        { field: 'dateOfBirth', verdict: 'PARTIAL' },
        { field: 'spouse.fullName', verdict: 'DIFFERENT' },
      ],
    });
  });
});

describe('material fields', () => {
  it('death: fullName, dateOfBirth, status, diedOn', () => {
    const right = resident({ fullName: 'Lê Hoa', dateOfBirth: '1980-05-18', diedOn: '2021-01-01' });
    expect(judged('death', death(), right)).toMatchObject({
      codes: ['FIELD_MISMATCH', 'STATUS_CONFLICT'],
      findings: [{ field: 'fullName' }, { field: 'dateOfBirth' }, { field: 'status' }, { field: 'diedOn' }],
    });
  });

  it('tax-registration: name, status, address', () => {
    const right = taxpayer({ name: 'HTX Bình Minh', status: '01', address: { wardCode: '00070' } });
    expect(judged('tax-registration', enterprise(), right).findings.map((finding) => finding.field)).toEqual([
      'name',
      'status',
      'address',
    ]);
  });

  it.each(['legal-representative', 'taxpayer-identity'] as const)('%s: fullName, dateOfBirth, gender', (check) => {
    const left = check === 'legal-representative' ? enterprise() : individual();
    const right = resident({ fullName: 'Lê Hoa', dateOfBirth: '1980-05-18', gender: 'FEMALE', spouse: {} });
    expect(judged(check, left, right).findings.map((finding) => finding.field)).toEqual([
      'fullName',
      'dateOfBirth',
      'gender',
    ]);
  });
});
