import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normaliseCompanyName } from '../index.ts';

const full = (text: string): string => normaliseCompanyName(text).full;

describe('ABBREVIATION in a company name', () => {
  it.each([
    ['CTY', 'CTY TNHH Hoa Mai', 'Công ty Trách nhiệm hữu hạn Hoa Mai'],
    ['C.TY', 'C.TY TNHH Hoa Mai', 'Công ty TNHH Hoa Mai'],
    ['TNHH', 'Công ty TNHH Hoa Mai', 'Công ty trách nhiệm hữu hạn Hoa Mai'],
    ['MTV', 'Công ty TNHH MTV Hoa Mai', 'Công ty TNHH Một thành viên Hoa Mai'],
    ['CTCP', 'CTCP Sông Xanh', 'Công ty Cổ phần Sông Xanh'],
    ['CP', 'Công ty CP Sông Xanh', 'Công ty Cổ phần Sông Xanh'],
    ['DNTN', 'DNTN Minh Phát', 'Doanh nghiệp tư nhân Minh Phát'],
    ['HTX', 'HTX Đồng Tâm', 'Hợp tác xã Đồng Tâm'],
    ['CN', 'CN Công ty TNHH Hoa Mai', 'Chi nhánh Công ty TNHH Hoa Mai'],
    ['CN in the middle', 'Công ty TNHH Hoa Mai - CN Hà Nội', 'Công ty TNHH Hoa Mai - Chi nhánh Hà Nội'],
    ['VPĐD', 'VPĐD Công ty TNHH Hoa Mai', 'Văn phòng đại diện Công ty TNHH Hoa Mai'],
    ['TMCP', 'Ngân hàng TMCP Sông Xanh', 'Ngân hàng Thương mại Cổ phần Sông Xanh'],
    ['TM, DV', 'Công ty TNHH TM DV Hoa Mai', 'Công ty TNHH Thương mại Dịch vụ Hoa Mai'],
    ['TM & DV', 'Công ty TNHH TM & DV Hoa Mai', 'Công ty TNHH Thương mại và Dịch vụ Hoa Mai'],
    ['TM-DV', 'Công ty TNHH TM-DV Hoa Mai', 'Công ty TNHH Thương mại - Dịch vụ Hoa Mai'],
    ['TMDV written together', 'Công ty TNHH TMDV Hoa Mai', 'Công ty TNHH Thương mại Dịch vụ Hoa Mai'],
    ['SX', 'Công ty TNHH SX Hoa Mai', 'Công ty TNHH Sản xuất Hoa Mai'],
    ['XD', 'CTCP XD Hoa Mai', 'Công ty Cổ phần Xây dựng Hoa Mai'],
    ['XNK', 'CTCP XNK Hoa Mai', 'Công ty Cổ phần Xuất nhập khẩu Hoa Mai'],
    ['ĐT', 'CTCP ĐT Hoa Mai', 'Công ty Cổ phần Đầu tư Hoa Mai'],
    ['CO., LTD', 'HOA MAI CO., LTD', 'Công ty TNHH Hoa Mai'],
    ['CO.,LTD.', 'HOA MAI CO.,LTD.', 'Công ty TNHH Hoa Mai'],
    ['JSC', 'HOA MAI JSC', 'Công ty Cổ phần Hoa Mai'],
    ['JSC with dots', 'HOA MAI J.S.C.', 'Công ty Cổ phần Hoa Mai'],
    ['the levels before', 'CTY TNHH MTV HÒA BÌNH', 'Công  ty trách nhiệm hữu hạn 1 thành viên hoà bình'],
    ['a legacy encoding', 'C«ng ty Cæ phÇn X©y dùng Hoa Mai', 'CTCP XD Hoa Mai'],
    ['initials', 'Công ty TNHH A.B.C', 'Công ty TNHH ABC'],
    ['quotes', 'Công ty TNHH “Hoa Mai”', 'Công ty TNHH Hoa Mai'],
  ])('%s: %s', (_, short, long) => {
    expect(full(short)).toBe(full(long));
  });

  it.each([
    ['another form', 'Công ty TNHH Hoa Mai', 'Công ty Cổ phần Hoa Mai'],
    ['one member more', 'Công ty TNHH MTV Hoa Mai', 'Công ty TNHH Hoa Mai'],
    ['another tone', 'Công ty TNHH Hoa', 'Công ty TNHH Hóa'],
    ['no marks', 'Công ty TNHH Hoa Mai', 'Cong ty TNHH Hoa Mai'],
    ['CN for công nghệ', 'Công ty TNHH CN Hoa Mai', 'Công ty TNHH Công nghệ Hoa Mai'],
    ['an abbreviation as part of a word', 'Công ty TNHH CPX', 'Công ty TNHH Cổ phần X'],
  ])('does not hide %s', (_, left, right) => {
    expect(full(left)).not.toBe(full(right));
  });
});

describe('form and core', () => {
  it.each([
    ['CTY TNHH MTV TM & DV Hoa Mai', 'công ty trách nhiệm hữu hạn một thành viên', 'thương mại và dịch vụ hoa mai'],
    ['CTCP', 'công ty cổ phần', ''],
    ['CN CTCP Hoa Mai', 'chi nhánh công ty cổ phần', 'hoa mai'],
    ['Ngân hàng TMCP Hoa Mai', 'ngân hàng thương mại cổ phần', 'hoa mai'],
    ['Hộ kinh doanh Trần Thị Hòa', 'hộ kinh doanh', 'trần thị hoà'],
    ['Công ty TNHH Hoa Mai Co., Ltd', 'công ty trách nhiệm hữu hạn', 'hoa mai'],
    ['Cà phê 24/7 Số 1.2', '', 'cà phê 24/7 số 1.2'],
    ['Tổng công ty Cổ phần Hoa Mai', 'tổng công ty cổ phần', 'hoa mai'],
    ['Hoa Mai JSC', 'công ty cổ phần', 'hoa mai'],
  ])('of %s', (name, form, core) => {
    expect(normaliseCompanyName(name)).toMatchObject({ form, core });
  });
});

it('any string has a normalised name, which is its own', () => {
  const words = fc.constantFrom(
    'Công',
    'ty',
    'CTY',
    'TNHH',
    'CP',
    'C.P.',
    'co',
    '.,',
    'LTD',
    'JSC',
    '1',
    'thành',
    'viên',
    'CT',
    'TMDV',
    '&',
    '-',
    "'",
    'Hòa',
    'tv',
  );
  const names = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(words).map((parts) => parts.join(' ')),
    fc.array(words).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(names, (name) => {
      const { full: once } = normaliseCompanyName(name);
      expect(full(once)).toBe(once);
    }),
    { numRuns: 1_000 },
  );
});
