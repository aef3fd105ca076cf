import { spellings, type Spellings } from '../definition/index.ts';

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
