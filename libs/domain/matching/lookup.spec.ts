import { describe, expect, it } from '@jest/globals';
import type { PersonRef } from '#contracts/records';
import { identifiersOf } from './index.ts';
import { birth, enterprise, individual, lookup, marriage, person, resident, taxpayer } from './testing/samples.ts';

const found = (...identifiers: [string, string][]) => ({
  kind: 'identifier',
  identifiers: identifiers.map(([type, value]) => ({ type, value })),
});
const byPersonalId = found(['PERSONAL_ID', '001080012345'], ['FORMER_PERSONAL_ID', '001080012345']);

describe('a person is looked up by documentNumber', () => {
  it('of 12 digits: among the personal IDs, then among the former ones', () => {
    expect(lookup('legal-representative', enterprise())).toEqual(byPersonalId);
    expect(lookup('marriage', marriage())).toEqual(byPersonalId);
  });

  it('of 9 digits: among the CMND9s', () => {
    expect(lookup('birth', birth({ documentType: 'CMND9', documentNumber: '012345678' }))).toEqual(
      found(['CMND9', '012345678']),
    );
  });

  it('of either, without a stated type or with OTHER', () => {
    const { documentType: _, ...untyped } = person({ documentNumber: '012345678' });
    expect(lookup('legal-representative', enterprise({ representatives: [untyped] }))).toEqual(
      found(['CMND9', '012345678']),
    );
    expect(lookup('birth', birth({ documentType: 'OTHER' }))).toEqual(byPersonalId);
  });

  it('written with spaces, dots or dashes', () => {
    expect(lookup('birth', birth({ documentNumber: '001 080.012-345' }))).toEqual(byPersonalId);
  });
});

describe('taxpayer-identity', () => {
  const without = ({ documentNumber: _, ...rest }: PersonRef): PersonRef => rest;

  it('takes documentNumber first', () => {
    const left = individual({ taxCode: '001080054321' });
    expect(lookup('taxpayer-identity', left)).toEqual(byPersonalId);
  });

  it('takes a 12-digit tax code where it is missing', () => {
    expect(lookup('taxpayer-identity', individual({ representative: without(person()) }))).toEqual(byPersonalId);
  });

  it('has NO_ID without both', () => {
    const left = individual({ taxCode: '0100233488', representative: without(person()) });
    expect(lookup('taxpayer-identity', left)).toEqual({ kind: 'no-id' });
  });
});

describe('tax-registration', () => {
  it('is looked up by taxCode', () => {
    expect(lookup('tax-registration', enterprise({ taxCode: '0314409058-002' }))).toEqual(
      found(['TAX_CODE', '0314409058-002']),
    );
  });

  it('by enterpriseCode where that is missing', () => {
    expect(lookup('tax-registration', enterprise())).toEqual(found(['TAX_CODE', '0100233488']));
    expect(lookup('tax-registration', enterprise({ enterpriseCode: '001080012345' }))).toEqual(
      found(['TAX_CODE', '001080012345']),
    );
  });

  it('by the code of a business location too, which no taxpayer has', () => {
    expect(lookup('tax-registration', enterprise({ enterpriseCode: '0100233488.00012' }))).toEqual(
      found(['TAX_CODE', '0100233488.00012']),
    );
  });

  it('from the taxpayer it is looked up by enterpriseCode among enterprises', () => {
    expect(lookup('tax-registration', taxpayer())).toEqual(found(['ENTERPRISE_CODE', '0100233488']));
  });
});

describe('a foreigner is NOT_APPLICABLE in every check against residents', () => {
  const foreign = { kind: 'not-applicable' };

  it('by another nationality, whatever the document', () => {
    expect(lookup('birth', birth({ nationality: 'Nhật Bản' }))).toEqual(foreign);
    expect(lookup('birth', birth({ nationality: 'Lào', documentNumber: '12' }))).toEqual(foreign);
  });

  it('by a passport and no personal ID', () => {
    const { nationality: _, ...stateless } = person({ documentType: 'PASSPORT', documentNumber: 'K1234567' });
    expect(lookup('legal-representative', enterprise({ representatives: [stateless] }))).toEqual(foreign);
    const { documentNumber: __, ...numberless } = stateless;
    expect(lookup('legal-representative', enterprise({ representatives: [numberless] }))).toEqual(foreign);
  });

  it('not with a passport beside a personal ID as tax code', () => {
    const left = individual({ representative: person({ documentType: 'PASSPORT', documentNumber: 'K1234567' }) });
    expect(lookup('taxpayer-identity', left)).toEqual(byPersonalId);
  });

  it.each([
    'Việt Nam',
    'VIỆT NAM',
    'Viet Nam',
    'Vietnam',
    'VN',
    'VNM',
    'Việt nam ',
    'CHXHCN Việt Nam',
    'Việt Nam; Pháp',
    'Việt Nam (gốc Hoa)',
  ])('not with the nationality written %s', (nationality) => {
    expect(lookup('birth', birth({ nationality }))).toEqual(byPersonalId);
  });
});

describe('identifiers under which a record is found', () => {
  it('a resident: personal ID, former ones, CMND9s', () => {
    const formerIds = [
      { type: 'PERSONAL_ID' as const, value: '001079012345' },
      { type: 'CMND9' as const, value: '012 345 678' },
      { type: 'CMND9' as const, value: '012345678' },
      { type: 'CMND9' as const, value: 'mất' },
      { type: 'PERSONAL_ID' as const, value: '001080012345' },
    ];
    expect(identifiersOf('resident', resident({ formerIds }))).toEqual([
      { type: 'PERSONAL_ID', value: '001080012345' },
      { type: 'FORMER_PERSONAL_ID', value: '001079012345' },
      { type: 'CMND9', value: '012345678' },
    ]);
  });

  it('a taxpayer: its tax code; an enterprise: its own code', () => {
    expect(identifiersOf('taxpayer', taxpayer())).toEqual([{ type: 'TAX_CODE', value: '0100233488' }]);
    expect(identifiersOf('enterprise', enterprise({ taxCode: '0314409058' }))).toEqual([
      { type: 'ENTERPRISE_CODE', value: '0100233488' },
    ]);
  });

  it('none for a civil-status or a withdrawn record', () => {
    expect(identifiersOf('birth', birth())).toEqual([]);
    expect(identifiersOf('resident', resident({ withdrawn: true }))).toEqual([]);
  });
});
