import { describe, expect, it } from '@jest/globals';
import type { Address } from '#contracts/records';
import { comparePlaces } from './index.ts';
import { enterprise, judged, taxpayer, units } from './testing/samples.ts';

const compare = (left: Address | undefined, right: Address | undefined) => comparePlaces(left, right, units);
const RENAMED = { verdict: 'EQUIVALENT', why: 'RENAMED_UNIT' };
const EQUAL = { verdict: 'EQUAL' };
const DIFFERENT = { verdict: 'DIFFERENT' };

describe('the ward decides', () => {
  it.each([
    ['the same code', EQUAL, { wardCode: '00004' }, { wardCode: '00004' }],
    ['an old ward and the new one that it went into', RENAMED, { wardCode: '00013' }, { wardCode: '00004' }],
    ['the other way round', RENAMED, { wardCode: '00004' }, { wardCode: '00013' }],
    ['a ward that was split and one of its parts', RENAMED, { wardCode: '00016' }, { wardCode: '00008' }],
    ['a ward that was split and another of its parts', RENAMED, { wardCode: '00004' }, { wardCode: '00016' }],
    ['an old ward of a province that is gone', RENAMED, { wardCode: '00946' }, { wardCode: '00694' }],
    ['another ward', DIFFERENT, { wardCode: '00004' }, { wardCode: '00070' }],
    [
      'another ward of the same province',
      DIFFERENT,
      { wardCode: '00004', provinceCode: '01' },
      { wardCode: '00070', provinceCode: '01' },
    ],
    [
      'the same ward, whatever the provinces say',
      EQUAL,
      { wardCode: '00004', provinceCode: '01' },
      { wardCode: '00004', provinceCode: '79' },
    ],
    ['the same name', EQUAL, { wardName: 'Phường Ba Đình' }, { wardName: 'Phường Ba Đình' }],
    [
      'the same name in capitals',
      { verdict: 'EQUIVALENT', why: 'CASE' },
      { wardName: 'Phường Ba Đình' },
      { wardName: 'PHƯỜNG BA ĐÌNH' },
    ],
    [
      'the name of the old ward and of the new',
      RENAMED,
      { wardName: 'Phường Quán Thánh', provinceCode: '01' },
      { wardName: 'Phường Ba Đình', provinceName: 'Thành phố Hà Nội' },
    ],
    [
      'the same name in another province',
      DIFFERENT,
      { wardName: 'Phường Ngọc Hà', provinceCode: '01' },
      { wardName: 'Phường Ngọc Hà', provinceCode: '02' },
    ],
    [
      'its kind shortened or missing',
      { verdict: 'EQUIVALENT', why: 'ABBREVIATION' },
      { wardName: 'P. Ba Đình', provinceCode: '01' },
      { wardName: 'Ba Đình', provinceCode: '01' },
    ],
    [
      'the names of two old wards that became one',
      DIFFERENT,
      { wardName: 'Phường Quán Thánh', provinceCode: '01' },
      { wardName: 'Phường Trúc Bạch', provinceCode: '01' },
    ],
    ['the codes of two old wards that became one', DIFFERENT, { wardCode: '00013' }, { wardCode: '00016' }],
    ['a code that lost its zeros', EQUAL, { wardCode: '4' }, { wardCode: '00004' }],
    ['codes that no table knows', DIFFERENT, { wardCode: '99998' }, { wardCode: '99999' }],
    [
      'an old code and the new name',
      RENAMED,
      { wardCode: '00013' },
      { wardName: 'Phường Ba Đình', provinceCode: '01' },
    ],
    ['a code and its name', EQUAL, { wardCode: '00004' }, { wardName: 'Phường Ba Đình', provinceCode: '01' }],
    ['a code and another name', DIFFERENT, { wardCode: '00004' }, { wardName: 'Phường Hoàn Kiếm', provinceCode: '01' }],
    [
      'a name with a letter wrong',
      { verdict: 'SIMILAR', why: 'TYPO' },
      { wardName: 'Phường Ba Đìnhh', provinceCode: '01' },
      { wardName: 'Phường Ba Đình', provinceCode: '01' },
    ],
  ])('%s', (_, verdict, left, right) => {
    expect(compare(left, right)).toEqual(verdict);
  });
});

describe('without a ward on both sides the province decides', () => {
  it.each([
    ['the same code', EQUAL, { provinceCode: '01' }, { provinceCode: '01', wardCode: '00004' }],
    ['an old province and the new one', RENAMED, { provinceCode: '02' }, { provinceCode: '08' }],
    ['a code used again, in its other reading', RENAMED, { provinceCode: '15' }, { provinceCode: '10' }],
    ['another', DIFFERENT, { provinceCode: '01' }, { provinceCode: '79' }],
    ['the old name and the new', RENAMED, { provinceName: 'Tỉnh Hà Giang' }, { provinceName: 'Tỉnh Tuyên Quang' }],
    [
      'tone placement in the name',
      { verdict: 'EQUIVALENT', why: 'TONE_PLACEMENT' },
      { provinceName: 'Thanh Hoá' },
      { provinceName: 'Thanh Hóa' },
    ],
    ['the old names of two', DIFFERENT, { provinceName: 'Lào Cai' }, { provinceName: 'Hà Giang' }],
    ['the old names of two that became one', DIFFERENT, { provinceName: 'Hà Nam' }, { provinceName: 'Nam Định' }],
    [
      'its kind shortened',
      { verdict: 'EQUIVALENT', why: 'ABBREVIATION' },
      { provinceName: 'TP HCM' },
      { provinceName: 'Thành phố Hồ Chí Minh' },
    ],
    ['an old code and the new name', RENAMED, { provinceCode: '02' }, { provinceName: 'Tuyên Quang' }],
    [
      'a ward that no table knows, and a province',
      { verdict: 'MISSING_LEFT' },
      { wardName: 'Xã Vô Danh' },
      { provinceCode: '01' },
    ],
    ['a code and its name', EQUAL, { provinceCode: '01' }, { provinceName: 'Hà Nội' }],
    ['a ward alone and a province', EQUAL, { wardCode: '00004' }, { provinceCode: '01' }],
    ['a ward alone and another province', DIFFERENT, { wardCode: '00004' }, { provinceCode: '79' }],
  ])('%s', (_, verdict, left, right) => {
    expect(compare(left, right)).toEqual(verdict);
  });
});

describe('the free text never counts', () => {
  it('neither when it differs nor when it is all there is', () => {
    expect(compare({ wardCode: '00004', text: '12 Quán Thánh' }, { wardCode: '00004', detail: 'số 9' })).toEqual(EQUAL);
    expect(compare({ text: '12 Quán Thánh' }, { text: '9 Hàng Bạc' })).toEqual(EQUAL);
    expect(compare({ text: '12 Quán Thánh' }, { wardCode: '00004' })).toEqual({ verdict: 'MISSING_LEFT' });
    expect(compare({ wardCode: '00004' }, undefined)).toEqual({ verdict: 'MISSING_RIGHT' });
  });
});

describe('address of tax-registration', () => {
  it('matches across the reform of 1 July 2025, naming it', () => {
    const judgement = judged('tax-registration', enterprise(), taxpayer({ address: { wardCode: '00013' } }));
    expect(judgement).toMatchObject({
      outcome: 'MATCHED',
      findings: [{ field: 'address', verdict: 'EQUIVALENT', why: 'RENAMED_UNIT' }],
    });
  });

  it('is material', () => {
    expect(judged('tax-registration', enterprise(), taxpayer({ address: { wardCode: '00070' } })).codes).toEqual([
      'FIELD_MISMATCH',
    ]);
  });
});

describe('the ward that a judgement is counted under', () => {
  const wardOf = (headOffice: Address) => judged('tax-registration', enterprise({ headOffice }), taxpayer()).ward;

  it('is the new ward, also of an old code or of a name', () => {
    expect(wardOf({ wardCode: '00013' })).toBe('00004');
    expect(wardOf({ wardName: 'Phường Quán Thánh', provinceCode: '01' })).toBe('00004');
  });

  it('is unknown for a ward that was split, or for none', () => {
    expect(wardOf({ wardCode: '00016' })).toBeNull();
    expect(wardOf({ text: '12 Quán Thánh' })).toBeNull();
  });
});
