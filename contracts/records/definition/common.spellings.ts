import type { Spellings } from './field.ts';
import { spellings } from './field.ts';

/** QCVN 109: 0 unknown, 1 male, 2 female. */
export const GENDER: Spellings = spellings({
  MALE: ['1', '01', 'Nam', 'Nam giới', 'M', 'Ông', 'Con trai'],
  FEMALE: ['2', '02', 'Nữ', 'Nữ giới', 'F', 'Bà', 'Con gái'],
  UNKNOWN: [
    '0',
    '00',
    'Không rõ',
    'Chưa rõ',
    'Không xác định',
    'Chưa xác định',
    'Chưa xác định được',
    'Chưa có thông tin',
    'Khác',
  ],
});

const PERSONAL_ID = [
  'CCCD',
  'Căn cước',
  'Căn cước công dân',
  'Thẻ căn cước',
  'Thẻ căn cước công dân',
  'Thẻ CCCD',
  'Giấy chứng nhận căn cước',
  'Số định danh',
  'Số định danh cá nhân',
  'Mã định danh',
  'ĐDCN',
  'CC',
  'PID',
];
const CMND9 = ['CMND', 'CMND 9 số', 'Chứng minh nhân dân', 'Giấy chứng minh nhân dân', 'CMT', 'Chứng minh thư'];

/** The numbers are those of the civil-status import files: 2 CMND, 5 CCCD, 6 passport, 9 and 10 căn cước, the rest other papers. */
export const DOCUMENT_TYPE: Spellings = spellings({
  PERSONAL_ID: [...PERSONAL_ID, '5', '9', '10'],
  CMND9: [...CMND9, '2'],
  PASSPORT: ['Hộ chiếu', 'HC', 'Hộ chiếu nước ngoài', '6'],
  OTHER: [
    'Khác',
    'Loại khác',
    'Giấy tờ khác',
    'Loại giấy tờ khác',
    'Giấy tờ tùy thân khác',
    'Chứng minh sĩ quan',
    'Chứng minh quân đội',
    'Chứng minh sĩ quan quân đội',
    'Chứng minh công an',
    'Chứng minh công an nhân dân',
    'Sổ hộ khẩu',
    '3',
    '4',
    '7',
    '8',
  ],
});

/** How the kinds of number that people once had are written. */
export const FORMER_NUMBERS = { PERSONAL_ID, CMND9 };

/** Yes and no, as spreadsheets have them. */
export const FLAG: Spellings = spellings({
  true: ['1', 'Có', 'Đúng', 'X', 'Yes', 'Y', 'Đã xóa', 'Đã rút', 'Đã hủy'],
  false: ['0', 'Không', 'Sai', 'No', 'N', 'Chưa'],
});
