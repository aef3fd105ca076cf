import { FORMER_NUMBERS, spellings, type Spellings } from '../definition/index.ts';

export const FORMER_ID_TYPE: Spellings = spellings(FORMER_NUMBERS);

/** QCVN 109: 1 single, 2 married, 3 "divorced or widowed", which says neither and so is unknown here. */
export const MARITAL_STATUS: Spellings = spellings({
  SINGLE: ['1', 'Chưa kết hôn', 'Độc thân'],
  MARRIED: [
    '2',
    'Đã kết hôn',
    'Đang có vợ/chồng',
    'Có vợ/chồng',
    'Đang có vợ',
    'Đang có chồng',
    'Có vợ',
    'Có chồng',
    'Kết hôn',
  ],
  DIVORCED: ['Ly hôn', 'Đã ly hôn', 'Li hôn', 'Đã li hôn'],
  WIDOWED: ['Góa', 'Góa vợ', 'Góa chồng', 'Góa vợ/chồng'],
  UNKNOWN: [
    '0',
    '3',
    'Không rõ',
    'Chưa rõ',
    'Không xác định',
    'Chưa xác định',
    'Chưa có thông tin',
    'Ly hôn hoặc góa',
    'Đã ly hôn hoặc góa vợ/chồng',
  ],
});

export const RESIDENT_STATUS: Spellings = spellings({
  ALIVE: ['Còn sống', 'Đang sống', 'Sống'],
  DECEASED: ['Đã chết', 'Chết', 'Đã mất', 'Tử vong', 'Đã tử vong', 'Qua đời'],
  MISSING: ['Mất tích', 'Bị mất tích', 'Bị tuyên bố mất tích', 'Tuyên bố mất tích', 'Đã mất tích'],
});
