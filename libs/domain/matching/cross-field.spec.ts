import { describe, expect, it } from '@jest/globals';
import { birth, death, deceased, individual, judged, NOT_FOUND, person, resident } from './testing/samples.ts';

describe('CROSS_FIELD: a record disagrees with itself', () => {
  it("when the record's own personal ID says another birth year", () => {
    const left = birth({ dateOfBirth: '1981-05-17' });
    expect(judged('birth', left, resident()).codes).toEqual(['FIELD_MISMATCH', 'CROSS_FIELD']);
  });

  it("when the record's own personal ID says another gender", () => {
    expect(judged('death', death({ deceased: person({ gender: 'FEMALE' }) }), deceased()).codes).toEqual([
      'CROSS_FIELD',
    ]);
  });

  it("when the counterpart's does", () => {
    const right = resident({ dateOfBirth: '1979-05-17' });
    expect(judged('birth', birth(), right).codes).toEqual(['FIELD_MISMATCH', 'CROSS_FIELD']);
  });

  it('with a superseded personal ID of the record, but not with a former one of the resident', () => {
    const former = { formerIds: [{ type: 'PERSONAL_ID' as const, value: '001079012345' }] };
    const by = { kind: 'found', by: 'FORMER_PERSONAL_ID' } as const;
    expect(judged('birth', birth({ documentNumber: '001079012345' }), resident(former), by).codes).toEqual([
      'ID_SUPERSEDED',
      'CROSS_FIELD',
    ]);
    expect(judged('birth', birth(), resident(former)).codes).toEqual([]);
  });

  it('beside NOT_FOUND', () => {
    expect(judged('birth', birth({ documentNumber: '001081012345' }), null, NOT_FOUND).codes).toEqual([
      'NOT_FOUND',
      'CROSS_FIELD',
    ]);
  });

  it('when a 12-digit tax code and a 12-digit document differ', () => {
    const left = individual({ taxCode: '001080054321' });
    expect(judged('taxpayer-identity', left, resident()).codes).toEqual(['CROSS_FIELD']);
  });

  it('whatever type of document is stated', () => {
    const representative = person({ documentType: 'CMND9', documentNumber: '001080054321' });
    const found = { kind: 'lookup', why: 'invalid-id' } as const;
    expect(judged('taxpayer-identity', individual({ representative }), null, found).codes).toEqual([
      'INVALID_ID',
      'CROSS_FIELD',
    ]);
  });

  it('when a 12-digit tax code says another gender, there being no document number', () => {
    const { documentNumber: _, ...nameless } = person();
    const left = individual({ taxCode: '001180012345', representative: nameless });
    expect(judged('taxpayer-identity', left, null, NOT_FOUND).codes).toEqual(['NOT_FOUND', 'CROSS_FIELD']);
  });

  it('not for an unknown gender, a missing date or a year that agrees', () => {
    expect(judged('birth', birth({ gender: 'UNKNOWN', dateOfBirth: '1980' }), resident()).codes).toEqual([]);
    const { gender: _, dateOfBirth: __, ...bare } = person();
    expect(judged('death', death({ deceased: bare }), deceased()).codes).toEqual([]);
  });
});
