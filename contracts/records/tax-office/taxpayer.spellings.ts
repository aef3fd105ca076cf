import { spellings, type Spellings } from '../definition/index.ts';

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
