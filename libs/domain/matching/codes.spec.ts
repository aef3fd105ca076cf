import { describe, expect, it } from '@jest/globals';
import type { Enterprise } from '#contracts/records';
import {
  birth,
  death,
  deceased,
  enterprise,
  individual,
  judged,
  lookup,
  marriage,
  NOT_FOUND,
  person,
  resident,
  taxpayer,
} from './testing/samples.ts';

const clean = { outcome: 'MATCHED', codes: [], findings: [] };

describe('a record that agrees with its counterpart is MATCHED, without codes and fields', () => {
  it.each([
    ['legal-representative', enterprise(), resident()],
    ['tax-registration', enterprise(), taxpayer()],
    ['taxpayer-identity', individual(), resident()],
    ['birth', birth(), resident()],
    ['death', death(), deceased()],
    ['marriage', marriage(), resident()],
  ] as const)('%s', (check, left, right) => {
    expect(judged(check, left, right)).toMatchObject(clean);
  });
});

describe('FIELD_MISMATCH: a material field other than a status differs', () => {
  it('for one that is DIFFERENT', () => {
    const judgement = judged('legal-representative', enterprise(), resident({ fullName: 'Bùi Minh Châu' }));
    expect(judgement).toMatchObject({
      outcome: 'MISMATCHED',
      codes: ['FIELD_MISMATCH'],
      findings: [{ field: 'fullName', verdict: 'DIFFERENT' }],
    });
  });

  it('for one that is SIMILAR', () => {
    const judgement = judged('birth', birth({ fullName: 'Đặng Hoa An' }), resident());
    expect(judgement.codes).toEqual(['FIELD_MISMATCH']);
    expect(judgement.findings).toEqual([{ field: 'fullName', verdict: 'SIMILAR', why: 'DIACRITICS' }]);
  });

  it('not for EQUIVALENT, PARTIAL and MISSING, which are named in the fields all the same', () => {
    const { father: _, ...fatherless } = resident({ fullName: 'ĐẶNG HÒA AN', gender: 'UNKNOWN' });
    const judgement = judged('birth', birth({ dateOfBirth: '1980' }), fatherless);
    expect(judgement).toMatchObject({ outcome: 'MATCHED', codes: [] });
    expect(judgement.findings).toEqual([
      { field: 'fullName', verdict: 'EQUIVALENT', why: 'TONE_PLACEMENT' },
      { field: 'dateOfBirth', verdict: 'PARTIAL' },
      { field: 'gender', verdict: 'MISSING_RIGHT' },
      { field: 'father.fullName', verdict: 'MISSING_RIGHT' },
    ]);
  });

  it('names the fields in the order of the table', () => {
    const other = resident({
      fullName: 'Bùi Minh Châu',
      dateOfBirth: '1980-05-18',
      gender: 'UNKNOWN',
      mother: { fullName: 'Hồ Thị Lan' },
      father: { fullName: 'Bùi Văn Sơn' },
    });
    expect(judged('birth', birth(), other).findings.map((finding) => finding.field)).toEqual([
      'fullName',
      'dateOfBirth',
      'gender',
      'mother.fullName',
      'father.fullName',
    ]);
  });
});

describe('NOT_FOUND: a well-formed identifier that no counterpart has', () => {
  it('has no fields', () => {
    expect(judged('legal-representative', enterprise(), null, NOT_FOUND)).toMatchObject({
      outcome: 'MISMATCHED',
      codes: ['NOT_FOUND'],
      findings: [],
    });
  });

  it('also when the counterpart was withdrawn', () => {
    expect(judged('birth', birth(), resident({ withdrawn: true }))).toMatchObject({
      codes: ['NOT_FOUND'],
      findings: [],
    });
  });

  it('on a taxpayer whose enterpriseCode no enterprise has', () => {
    expect(judged('tax-registration', taxpayer(), null, NOT_FOUND).codes).toEqual(['NOT_FOUND']);
  });
});

describe('NO_ID: no identifier to look up by', () => {
  it('when the document number is missing', () => {
    const { documentNumber: _, ...nameless } = person();
    const left = enterprise({ representatives: [nameless] });
    expect(lookup('legal-representative', left)).toEqual({ kind: 'no-id' });
    expect(judged('legal-representative', left, null, { kind: 'lookup', why: 'no-id' })).toMatchObject({
      outcome: 'MISMATCHED',
      codes: ['NO_ID'],
      findings: [],
    });
  });

  it('when the document is of another kind and its number is neither of 12 nor of 9 digits', () => {
    const left = birth({ documentType: 'OTHER', documentNumber: 'QĐ-4471' });
    expect(lookup('birth', left)).toEqual({ kind: 'no-id' });
  });
});

describe('INVALID_ID: the identifier breaks its own format, length or check digit, or is not of the stated type', () => {
  it.each([
    ['of 11 digits', { documentNumber: '01080012345' }],
    ['with letters', { documentNumber: '00108001234X' }],
    ['of 9 digits stated as a personal ID', { documentNumber: '012345678' }],
    ['of 12 digits stated as a CMND9', { documentType: 'CMND9' }],
    ['of 12 digits stated as a passport', { documentType: 'PASSPORT' }],
  ] as const)('a document %s', (_, changes) => {
    expect(lookup('birth', birth(changes))).toEqual({ kind: 'invalid-id' });
  });

  it('a document of no stated type that is neither of 12 nor of 9 digits', () => {
    const { documentType: _, ...untyped } = person({ documentNumber: '1234567' });
    expect(lookup('death', death({ deceased: untyped }))).toEqual({ kind: 'invalid-id' });
  });

  it('a tax code whose check digit is wrong', () => {
    expect(lookup('tax-registration', enterprise({ taxCode: '0100233480' }))).toEqual({ kind: 'invalid-id' });
  });

  it("a taxpayer's enterpriseCode whose check digit is wrong", () => {
    expect(lookup('tax-registration', taxpayer({ enterpriseCode: '0100233480' }))).toEqual({ kind: 'invalid-id' });
  });

  it('makes a mismatch without fields', () => {
    expect(
      judged('birth', birth({ documentNumber: '123' }), null, { kind: 'lookup', why: 'invalid-id' }),
    ).toMatchObject({
      outcome: 'MISMATCHED',
      codes: ['INVALID_ID'],
      findings: [],
    });
  });
});

it('ID_SUPERSEDED: found, but by a cancelled personal ID', () => {
  const judgement = judged('birth', birth({ documentNumber: '001080099999' }), resident(), {
    kind: 'found',
    by: 'FORMER_PERSONAL_ID',
  });
  expect(judgement).toMatchObject({ outcome: 'MISMATCHED', codes: ['ID_SUPERSEDED'], findings: [] });
});

it('CMND9_ONLY: found, but only by a 9-digit identity number', () => {
  const left = birth({ documentType: 'CMND9', documentNumber: '012345678' });
  expect(judged('birth', left, resident(), { kind: 'found', by: 'CMND9' })).toMatchObject({
    outcome: 'MISMATCHED',
    codes: ['CMND9_ONLY'],
    findings: [],
  });
});

describe('DECEASED: the person found is dead where the check needs someone alive', () => {
  it.each(['ACTIVE', 'SUSPENDED', 'NOT_AT_ADDRESS', 'REVOKED', 'DISSOLVING', 'REORGANISED'] as const)(
    'legal-representative of an enterprise that is %s',
    (status: Enterprise['status']) => {
      expect(judged('legal-representative', enterprise({ status }), deceased())).toMatchObject({
        outcome: 'MISMATCHED',
        codes: ['DECEASED'],
      });
    },
  );

  it.each(['DISSOLVED', 'BANKRUPT'] as const)('not of one that is %s', (status) => {
    expect(judged('legal-representative', enterprise({ status }), deceased())).toMatchObject(clean);
  });

  it.each(['00', '02', '03', '05', '06', '07', '09', '10'] as const)(
    'taxpayer-identity with tax status %s',
    (status) => {
      expect(judged('taxpayer-identity', individual({ status }), deceased()).codes).toEqual(['DECEASED']);
    },
  );

  it('not with tax status 01', () => {
    expect(judged('taxpayer-identity', individual({ status: '01' }), deceased())).toMatchObject(clean);
  });

  it('not in birth and marriage, nor for someone MISSING', () => {
    expect(judged('birth', birth(), deceased())).toMatchObject(clean);
    expect(judged('marriage', marriage(), deceased())).toMatchObject(clean);
    expect(judged('legal-representative', enterprise(), resident({ status: 'MISSING' }))).toMatchObject(clean);
  });
});

describe('DUPLICATE_SUSPECT, beside the duplicate check', () => {
  it('where a CMND9 leads to two residents: no counterpart is chosen', () => {
    const left = birth({ documentType: 'CMND9', documentNumber: '012345678' });
    expect(judged('birth', left, null, { kind: 'ambiguous' })).toMatchObject({
      outcome: 'MISMATCHED',
      codes: ['DUPLICATE_SUSPECT'],
      findings: [],
    });
  });
});

it('a record may carry several codes, in the order of their table', () => {
  const left = enterprise({ representatives: [person({ fullName: 'Đặng Hoà Ân', gender: 'FEMALE' })] });
  expect(judged('legal-representative', left, deceased(), { kind: 'found', by: 'FORMER_PERSONAL_ID' }).codes).toEqual([
    'FIELD_MISMATCH',
    'ID_SUPERSEDED',
    'DECEASED',
    'CROSS_FIELD',
  ]);
});
