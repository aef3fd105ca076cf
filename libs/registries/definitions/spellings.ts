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

export const FORMER_ID_TYPE: Spellings = spellings({ PERSONAL_ID, CMND9 });

const LLC = ['Công ty trách nhiệm hữu hạn', 'Công ty TNHH', 'CT TNHH', 'CTY TNHH', 'TNHH'];
const after = (...suffixes: string[]): string[] =>
  LLC.flatMap((start) => suffixes.map((suffix) => `${start} ${suffix}`));

export const ENTERPRISE_TYPE: Spellings = spellings({
  SINGLE_MEMBER_LLC: after('một thành viên', '1 thành viên', 'MTV', '1TV', '1 TV'),
  MULTI_MEMBER_LLC: after(
    'hai thành viên trở lên',
    '2 thành viên trở lên',
    'từ hai thành viên trở lên',
    'có hai thành viên trở lên',
    'hai thành viên',
    'nhiều thành viên',
    '2TV',
    '2 TV',
    '2TV trở lên',
  ),
  JOINT_STOCK: ['Công ty cổ phần', 'CT cổ phần', 'CTCP', 'Cổ phần', 'Cty CP', 'Công ty CP'],
  PARTNERSHIP: ['Công ty hợp danh', 'CT hợp danh', 'Hợp danh'],
  SOLE_PROPRIETORSHIP: ['Doanh nghiệp tư nhân', 'DNTN', 'DN tư nhân'],
  BRANCH: ['Chi nhánh', 'CN'],
  REPRESENTATIVE_OFFICE: ['Văn phòng đại diện', 'VPĐD', 'VP đại diện'],
  BUSINESS_LOCATION: ['Địa điểm kinh doanh', 'ĐĐKD'],
  COOPERATIVE: ['Hợp tác xã', 'HTX'],
  COOPERATIVE_UNION: ['Liên hiệp hợp tác xã', 'Liên hiệp HTX', 'LH HTX', 'LHHTX'],
  HOUSEHOLD_BUSINESS: ['Hộ kinh doanh', 'HKD', 'Hộ kinh doanh cá thể', 'Hộ gia đình kinh doanh'],
});

/** The registry's own words, also where one of its entries names several states: the first of them counts. */
export const ENTERPRISE_STATUS: Spellings = spellings({
  ACTIVE: ['Đang hoạt động', 'Hoạt động', 'Đang hoạt động kinh doanh'],
  SUSPENDED: [
    'Tạm ngừng kinh doanh',
    'Tạm ngừng hoạt động',
    'Tạm ngừng',
    'Đang tạm ngừng kinh doanh',
    'Tạm ngừng hoạt động, kinh doanh',
    'Tạm ngừng KD',
  ],
  NOT_AT_ADDRESS: [
    'Không còn hoạt động kinh doanh tại địa chỉ đã đăng ký',
    'Không hoạt động tại địa chỉ đã đăng ký',
    'Không hoạt động tại địa chỉ đăng ký',
    'Không còn hoạt động tại địa chỉ đã đăng ký',
    'Không ở địa chỉ',
  ],
  REVOKED: [
    'Bị thu hồi GCN ĐKDN do cưỡng chế về quản lý thuế',
    'Bị thu hồi do cưỡng chế về quản lý thuế',
    'Bị thu hồi',
    'Đã bị thu hồi',
    'Đã thu hồi',
    'Thu hồi GCN',
    'Bị thu hồi giấy chứng nhận đăng ký doanh nghiệp',
    'Bị thu hồi Giấy chứng nhận đăng ký doanh nghiệp do cưỡng chế về quản lý thuế',
  ],
  DISSOLVING: [
    'Đang làm thủ tục giải thể',
    'Đang giải thể',
    'Đang làm thủ tục giải thể, đã bị chia, bị hợp nhất, bị sáp nhập',
  ],
  REORGANISED: [
    'Đã bị chia',
    'Bị chia',
    'Bị hợp nhất',
    'Đã bị hợp nhất',
    'Bị sáp nhập',
    'Đã bị sáp nhập',
    'Đã bị chia, bị hợp nhất, bị sáp nhập',
    'Đã tổ chức lại',
  ],
  DISSOLVED: [
    'Đã giải thể',
    'Giải thể',
    'Chấm dứt tồn tại',
    'Đã chấm dứt tồn tại',
    'Đã giải thể, phá sản, chấm dứt tồn tại',
    'Chấm dứt hoạt động',
    'Đã chấm dứt hoạt động',
  ],
  BANKRUPT: ['Phá sản', 'Đã phá sản', 'Bị phá sản'],
});

export const TAXPAYER_KIND: Spellings = spellings({
  ORGANISATION: [
    'Tổ chức',
    'Doanh nghiệp',
    'Cơ quan, tổ chức',
    'Tổ chức kinh tế',
    'Doanh nghiệp, tổ chức',
    'Hợp tác xã',
    'HTX',
  ],
  DEPENDENT_UNIT: ['Đơn vị phụ thuộc', 'Đơn vị trực thuộc', 'Chi nhánh', 'Văn phòng đại diện', 'ĐVPT', 'ĐVTT'],
  HOUSEHOLD_BUSINESS: [
    'Hộ kinh doanh',
    'HKD',
    'Hộ gia đình',
    'Hộ kinh doanh cá thể',
    'Hộ kinh doanh, cá nhân kinh doanh',
  ],
  INDIVIDUAL: ['Cá nhân', 'Cá nhân kinh doanh', 'CNKD', 'Cá nhân không kinh doanh'],
});

/** Phụ lục I, TT 90/2026/TT-BTC. There is no 08, and 04 is void: neither is accepted. */
export const TAXPAYER_STATUS: Spellings = spellings({
  '00': [
    '0',
    'NNT đã được cấp MST',
    'Đã được cấp MST',
    'Đang hoạt động',
    'NNT đang hoạt động',
    'NNT đang hoạt động (đã được cấp GCN ĐKT)',
  ],
  '01': [
    '1',
    'NNT ngừng hoạt động và đã hoàn thành thủ tục chấm dứt hiệu lực MST',
    'NNT ngừng hoạt động và đã đóng MST',
    'Ngừng hoạt động và đã đóng MST',
    'Đã đóng MST',
    'Đã chấm dứt hiệu lực MST',
  ],
  '02': ['2', 'NNT đã chuyển cơ quan thuế quản lý', 'Đã chuyển cơ quan thuế quản lý'],
  '03': [
    '3',
    'NNT ngừng hoạt động nhưng chưa hoàn thành thủ tục chấm dứt hiệu lực MST',
    'NNT ngừng hoạt động nhưng chưa hoàn thành thủ tục đóng MST',
    'Ngừng hoạt động nhưng chưa hoàn thành thủ tục đóng MST',
  ],
  '05': [
    '5',
    'NNT tạm ngừng hoạt động, kinh doanh',
    'NNT tạm ngừng kinh doanh',
    'NNT tạm ngừng KD có thời hạn',
    'Tạm ngừng hoạt động, kinh doanh',
    'Tạm ngừng kinh doanh',
    'Tạm ngừng hoạt động',
  ],
  '06': ['6', 'NNT không hoạt động tại địa chỉ đã đăng ký', 'Không hoạt động tại địa chỉ đã đăng ký'],
  '07': ['7', 'NNT chờ làm thủ tục phá sản', 'Chờ làm thủ tục phá sản'],
  '09': [
    '9',
    'NNT chờ xác minh tình trạng hoạt động tại địa chỉ đã đăng ký',
    'Chờ xác minh tình trạng hoạt động tại địa chỉ đã đăng ký',
  ],
  '10': ['MST chờ cập nhật thông tin số định danh cá nhân', 'Chờ cập nhật thông tin số định danh cá nhân'],
});

export const MARRIAGE_STATUS: Spellings = spellings({
  IN_FORCE: ['Đang có hiệu lực', 'Có hiệu lực', 'Còn hiệu lực', 'Hợp pháp', 'Đang kết hôn', 'Đang tồn tại'],
  DIVORCED: ['Ly hôn', 'Đã ly hôn', 'Li hôn', 'Đã li hôn'],
  ANNULLED: ['Hủy kết hôn', 'Đã hủy kết hôn', 'Hủy việc kết hôn', 'Đã hủy', 'Bị hủy', 'Hủy kết hôn trái pháp luật'],
});

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

/** Yes and no, as spreadsheets have them. */
export const FLAG: Spellings = spellings({
  true: ['1', 'Có', 'Đúng', 'X', 'Yes', 'Y', 'Đã xóa', 'Đã rút', 'Đã hủy'],
  false: ['0', 'Không', 'Sai', 'No', 'N', 'Chưa'],
});
