import { describe, expect, it } from '@jest/globals';
import { compareCompanyNames, compareDates, compareGender, compareNames, compareStatuses } from './index.ts';

const equivalent = (why: string) => ({ verdict: 'EQUIVALENT', why });
const similar = (why: string) => ({ verdict: 'SIMILAR', why });
const EQUAL = { verdict: 'EQUAL' };
const DIFFERENT = { verdict: 'DIFFERENT' };

describe('EQUAL', () => {
  it('the same name, date or gender', () => {
    expect(compareNames('Đặng Hoà An', 'Đặng Hoà An')).toEqual(EQUAL);
    expect(compareDates('1980-05', '1980-05')).toEqual(EQUAL);
    expect(compareGender('MALE', 'MALE')).toEqual(EQUAL);
  });

  it('nothing on both sides', () => {
    expect(compareNames(undefined, undefined)).toEqual(EQUAL);
    expect(compareDates(undefined, undefined)).toEqual(EQUAL);
    expect(compareGender('UNKNOWN', undefined)).toEqual(EQUAL);
  });
});

describe('EQUIVALENT, with the first why that applies', () => {
  it.each([
    ['ENCODING', 'decomposed letters', 'Đặng Hoà An', 'Đặng Hoà An'.normalize('NFD')],
    ['ENCODING', 'Ð for Đ', 'Đặng Hoà An', '\u00d0ặng Hoà An'],
    ['ENCODING', 'a legacy encoding, TCVN3', 'Đặng Hoà An', '§Æng Hoµ An'],
    ['SPACING', 'doubled and outer spaces', 'Đặng Hoà An', ' Đặng  Hoà An '],
    ['SPACING', 'no-break spaces', 'Đặng Hoà An', 'Đặng\u00a0Hoà An'],
    ['SPACING', 'zero-width characters', 'Đặng Hoà An', 'Đặng Hoà \u200bAn'],
    ['SPACING', 'beside Ð for Đ', 'Đặng Hoà An', '\u00d0ặng  Hoà An'],
    ['CASE', 'capitals', 'Đặng Hoà An', 'ĐẶNG HOÀ AN'],
    ['CASE', 'beside a doubled space', 'Đặng Hoà An', 'ĐẶNG  HOÀ AN'],
    ['TONE_PLACEMENT', 'hòa, hoà', 'Đặng Hoà An', 'Đặng Hòa An'],
    ['TONE_PLACEMENT', 'khỏe, khoẻ', 'Lê Khoẻ', 'Lê Khỏe'],
    ['TONE_PLACEMENT', 'thủy, thuỷ, beside capitals', 'Lý Thị Thuỷ', 'LÝ THỊ THỦY'],
  ])('%s: %s', (why, _, left, right) => {
    expect(compareNames(left, right)).toEqual(equivalent(why));
    expect(compareCompanyNames(left, right)).toEqual(equivalent(why));
  });

  it.each([
    ['CTY, TNHH', 'CTY TNHH Sao Mai', 'Công ty trách nhiệm hữu hạn Sao Mai'],
    ['C.TY, MTV', 'C.TY TNHH MTV Sao Mai', 'Công ty TNHH một thành viên Sao Mai'],
    ['CTCP', 'CTCP Sao Mai', 'Công ty cổ phần Sao Mai'],
    ['CP', 'Công ty CP Sao Mai', 'Công ty cổ phần Sao Mai'],
    ['DNTN', 'DNTN Sao Mai', 'Doanh nghiệp tư nhân Sao Mai'],
    ['HTX', 'HTX Sao Mai', 'Hợp tác xã Sao Mai'],
    ['CN', 'CN Công ty TNHH Sao Mai', 'Chi nhánh Công ty TNHH Sao Mai'],
    ['VPĐD', 'VPĐD Công ty TNHH Sao Mai', 'Văn phòng đại diện Công ty TNHH Sao Mai'],
    ['TM, DV', 'Công ty TNHH TM DV Sao Mai', 'Công ty TNHH thương mại dịch vụ Sao Mai'],
    ['SX', 'Công ty TNHH SX Sao Mai', 'Công ty TNHH sản xuất Sao Mai'],
    ['XD', 'Công ty TNHH XD Sao Mai', 'Công ty TNHH xây dựng Sao Mai'],
    ['XNK', 'Công ty TNHH XNK Sao Mai', 'Công ty TNHH xuất nhập khẩu Sao Mai'],
    ['ĐT', 'Công ty CP ĐT Sao Mai', 'Công ty cổ phần đầu tư Sao Mai'],
  ])('ABBREVIATION of company names: %s', (_, left, right) => {
    expect(compareCompanyNames(left, right)).toEqual(equivalent('ABBREVIATION'));
    expect(compareNames(left, right)).toEqual(DIFFERENT);
  });
});

describe('PARTIAL: one date is the year of the other, or its year and month', () => {
  it.each([
    ['1980', '1980-05-17'],
    ['1980-05', '1980-05-17'],
    ['1980', '1980-05'],
    ['1980', '1980-01-01'],
  ])('%s and %s', (left, right) => {
    expect(compareDates(left, right)).toEqual({ verdict: 'PARTIAL' });
    expect(compareDates(right, left)).toEqual({ verdict: 'PARTIAL' });
  });

  it('1 January is a date like any other', () => {
    expect(compareDates('1980-01-01', '1980-05-17')).toEqual(DIFFERENT);
  });

  it('not another year or month', () => {
    expect(compareDates('1981', '1980-05-17')).toEqual(DIFFERENT);
    expect(compareDates('1980-06', '1980-05-17')).toEqual(DIFFERENT);
  });
});

describe('SIMILAR', () => {
  it.each([
    ['I_Y', 'Lý, Lí', 'Lý Thị Mai', 'Lí Thị Mai'],
    ['I_Y', 'Quý, Quí, beside capitals', 'Trần Quý', 'TRẦN QUÍ'],
    ['DIACRITICS', 'equal without marks', 'Đặng Hoà An', 'Dang Hoa An'],
    ['DIACRITICS', 'one letter that differs by its marks alone', 'Lê Hoa', 'Lê Hoà'],
    ['TYPO', 'one letter put in', 'Đặng Hoàn An', 'Đặng Hoà An'],
    ['TYPO', 'one letter left out', 'Trần Mih', 'Trần Minh'],
    ['TYPO', 'one letter replaced', 'Trần Mink', 'Trần Minh'],
    ['TYPO', 'two neighbours swapped', 'Trần Mnih', 'Trần Minh'],
    ['TYPO', 'after normalising', 'TRẦN  MNIH', 'Trần Minh'],
  ])('%s: %s', (why, _, left, right) => {
    expect(compareNames(left, right)).toEqual(similar(why));
    expect(compareNames(right, left)).toEqual(similar(why));
    expect(compareCompanyNames(left, right)).toEqual(similar(why));
  });

  it('TYPO in a company name is sought after its abbreviations are written out', () => {
    expect(compareCompanyNames('CTY TNHH Sao Mia', 'Công ty trách nhiệm hữu hạn Sao Mai')).toEqual(similar('TYPO'));
  });

  it('DAY_MONTH_SWAP', () => {
    expect(compareDates('1980-05-12', '1980-12-05')).toEqual(similar('DAY_MONTH_SWAP'));
  });

  it('no TYPO for dates, no swap across years', () => {
    expect(compareDates('1980-05-17', '1980-05-18')).toEqual(DIFFERENT);
    expect(compareDates('1980-05-12', '1981-12-05')).toEqual(DIFFERENT);
  });
});

describe('DIFFERENT', () => {
  it.each([
    ['two letters', 'Trần Manh', 'Trần Minha'],
    ['other names', 'Trần Minh', 'Lê Hoa'],
    ['a letter and a mark', 'Tran Mih', 'Trần Minh'],
    ['two swaps', 'Tràn Mnhi', 'Tràn Minh'],
  ])('%s', (_, left, right) => {
    expect(compareNames(left, right)).toEqual(DIFFERENT);
  });

  it('genders', () => {
    expect(compareGender('MALE', 'FEMALE')).toEqual(DIFFERENT);
  });

  it('another legal form', () => {
    expect(compareCompanyNames('Công ty CP Sao Mai', 'Công ty TNHH Sao Mai')).toEqual(DIFFERENT);
  });
});

describe('MISSING_LEFT, MISSING_RIGHT', () => {
  const table = { compatible: { ACTIVE: ['00'] } };

  it('on the side of the checked record, or of its counterpart', () => {
    expect(compareNames(undefined, 'Lê Hoa')).toEqual({ verdict: 'MISSING_LEFT' });
    expect(compareNames('Lê Hoa', undefined)).toEqual({ verdict: 'MISSING_RIGHT' });
    expect(compareCompanyNames(undefined, 'HTX Sao Mai')).toEqual({ verdict: 'MISSING_LEFT' });
    expect(compareCompanyNames('HTX Sao Mai', undefined)).toEqual({ verdict: 'MISSING_RIGHT' });
    expect(compareDates(undefined, '1980')).toEqual({ verdict: 'MISSING_LEFT' });
    expect(compareDates('1980', undefined)).toEqual({ verdict: 'MISSING_RIGHT' });
    expect(compareStatuses(undefined, '00', table)).toEqual({ verdict: 'MISSING_LEFT' });
    expect(compareStatuses('ACTIVE', undefined, table)).toEqual({ verdict: 'MISSING_RIGHT' });
  });

  it('a gender UNKNOWN is missing', () => {
    expect(compareGender('UNKNOWN', 'MALE')).toEqual({ verdict: 'MISSING_LEFT' });
    expect(compareGender('MALE', 'UNKNOWN')).toEqual({ verdict: 'MISSING_RIGHT' });
  });
});
