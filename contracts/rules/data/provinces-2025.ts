/** A province of today with those it was made of. A province that carried on under its code is listed too. */
export interface ProvinceMerge {
  readonly code: string;
  readonly name: string;
  /** A city governed centrally (`thành phố`), else a province (`tỉnh`). */
  readonly city: boolean;
  /** What it was made of: codes and names before 1 July 2025. The same code may have been another province's. */
  readonly from: Readonly<Record<string, string>>;
}

const province = (code: string, name: string, from: Record<string, string>): ProvinceMerge => ({
  code,
  name,
  city: false,
  from,
});
const city = (code: string, name: string, from: Record<string, string>): ProvinceMerge => ({
  ...province(code, name, from),
  city: true,
});

/**
 * The 34 provinces since 1 July 2025 and the 63 before (NQ 202/2025/QH15, QĐ 19/2025/QĐ-TTg); Đồng Nai is a city since
 * 30 April 2026 (NQ 30/2026/QH16). No province was split.
 */
export const PROVINCES_2025: readonly ProvinceMerge[] = [
  city('01', 'Hà Nội', { '01': 'Hà Nội' }),
  province('04', 'Cao Bằng', { '04': 'Cao Bằng' }),
  province('08', 'Tuyên Quang', { '02': 'Hà Giang', '08': 'Tuyên Quang' }),
  province('11', 'Điện Biên', { '11': 'Điện Biên' }),
  province('12', 'Lai Châu', { '12': 'Lai Châu' }),
  province('14', 'Sơn La', { '14': 'Sơn La' }),
  province('15', 'Lào Cai', { '10': 'Lào Cai', '15': 'Yên Bái' }),
  province('19', 'Thái Nguyên', { '06': 'Bắc Kạn', '19': 'Thái Nguyên' }),
  province('20', 'Lạng Sơn', { '20': 'Lạng Sơn' }),
  province('22', 'Quảng Ninh', { '22': 'Quảng Ninh' }),
  province('24', 'Bắc Ninh', { '24': 'Bắc Giang', '27': 'Bắc Ninh' }),
  province('25', 'Phú Thọ', { '17': 'Hòa Bình', '25': 'Phú Thọ', '26': 'Vĩnh Phúc' }),
  city('31', 'Hải Phòng', { '30': 'Hải Dương', '31': 'Hải Phòng' }),
  province('33', 'Hưng Yên', { '33': 'Hưng Yên', '34': 'Thái Bình' }),
  province('37', 'Ninh Bình', { '35': 'Hà Nam', '36': 'Nam Định', '37': 'Ninh Bình' }),
  province('38', 'Thanh Hóa', { '38': 'Thanh Hóa' }),
  province('40', 'Nghệ An', { '40': 'Nghệ An' }),
  province('42', 'Hà Tĩnh', { '42': 'Hà Tĩnh' }),
  province('44', 'Quảng Trị', { '44': 'Quảng Bình', '45': 'Quảng Trị' }),
  city('46', 'Huế', { '46': 'Huế' }),
  city('48', 'Đà Nẵng', { '48': 'Đà Nẵng', '49': 'Quảng Nam' }),
  province('51', 'Quảng Ngãi', { '51': 'Quảng Ngãi', '62': 'Kon Tum' }),
  province('52', 'Gia Lai', { '52': 'Bình Định', '64': 'Gia Lai' }),
  province('56', 'Khánh Hòa', { '56': 'Khánh Hòa', '58': 'Ninh Thuận' }),
  province('66', 'Đắk Lắk', { '54': 'Phú Yên', '66': 'Đắk Lắk' }),
  province('68', 'Lâm Đồng', { '60': 'Bình Thuận', '67': 'Đắk Nông', '68': 'Lâm Đồng' }),
  city('75', 'Đồng Nai', { '70': 'Bình Phước', '75': 'Đồng Nai' }),
  city('79', 'Hồ Chí Minh', { '74': 'Bình Dương', '77': 'Bà Rịa - Vũng Tàu', '79': 'Hồ Chí Minh' }),
  province('80', 'Tây Ninh', { '72': 'Tây Ninh', '80': 'Long An' }),
  province('82', 'Đồng Tháp', { '82': 'Tiền Giang', '87': 'Đồng Tháp' }),
  province('86', 'Vĩnh Long', { '83': 'Bến Tre', '84': 'Trà Vinh', '86': 'Vĩnh Long' }),
  province('91', 'An Giang', { '89': 'An Giang', '91': 'Kiên Giang' }),
  city('92', 'Cần Thơ', { '92': 'Cần Thơ', '93': 'Hậu Giang', '94': 'Sóc Trăng' }),
  province('96', 'Cà Mau', { '95': 'Bạc Liêu', '96': 'Cà Mau' }),
];
