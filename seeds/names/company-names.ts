import type { Enterprise } from '#contracts/records';
import type { Random } from '../random.ts';

export type EnterpriseType = Enterprise['type'];

const list = (text: string): readonly string[] => text.trim().split(/\s*,\s*/);

const SECTORS = list(`THƯƠNG MẠI, DỊCH VỤ, SẢN XUẤT, XÂY DỰNG, XUẤT NHẬP KHẨU, ĐẦU TƯ, VẬN TẢI, THƯƠNG MẠI DỊCH VỤ,
  XÂY DỰNG THƯƠNG MẠI, SẢN XUẤT THƯƠNG MẠI, CƠ KHÍ, NÔNG SẢN, MAY MẶC, NỘI THẤT`);
const CORES =
  list(`AN PHÚ, HƯNG THỊNH, HÒA BÌNH MINH, MỸ AN, THÀNH ĐẠT, ĐẠI PHÁT, TÂN VIỆT, HOÀNG GIA, MINH LONG, PHÚC LỘC,
  QUÝ HƯNG, SÔNG XANH, TRƯỜNG THỌ, VĨNH HƯNG, ĐỨC TÍN, BẢO NGỌC, NAM HẢI, KIM THÀNH, LÂM SƠN, NGUYÊN KHÔI, THANH THỦY,
  XUÂN HÒA, GIA KHÁNH, PHÚ MỸ, TRUNG HÒA, THIÊN PHƯỚC, VIỆT TIẾN, HẢI ÂU, CÁT TƯỜNG, KHẢI HOÀN`);
const SUFFIXES = list(`XANH, MỚI, TOÀN CẦU, SỐ MỘT, VIỆT NAM, ĐÔNG DƯƠNG, PHƯƠNG BẮC, MIỀN ĐÔNG, THẾ KỶ, TRUNG DU`);
const BODIES =
  list(`TRƯỜNG TIỂU HỌC, TRƯỜNG MẦM NON, TRƯỜNG TRUNG HỌC CƠ SỞ, TRẠM Y TẾ, HỘI NÔNG DÂN, HỘI CỰU CHIẾN BINH,
  BAN QUẢN LÝ CHỢ, TRUNG TÂM VĂN HÓA`);

const FORMS: Readonly<Record<EnterpriseType, string>> = {
  SINGLE_MEMBER_LLC: 'CÔNG TY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN',
  MULTI_MEMBER_LLC: 'CÔNG TY TRÁCH NHIỆM HỮU HẠN',
  JOINT_STOCK: 'CÔNG TY CỔ PHẦN',
  PARTNERSHIP: 'CÔNG TY HỢP DANH',
  SOLE_PROPRIETORSHIP: 'DOANH NGHIỆP TƯ NHÂN',
  BRANCH: 'CHI NHÁNH',
  REPRESENTATIVE_OFFICE: 'VĂN PHÒNG ĐẠI DIỆN',
  BUSINESS_LOCATION: 'ĐỊA ĐIỂM KINH DOANH',
  COOPERATIVE: 'HỢP TÁC XÃ',
  COOPERATIVE_UNION: 'LIÊN HIỆP HỢP TÁC XÃ',
  HOUSEHOLD_BUSINESS: 'HỘ KINH DOANH',
};

/** A business's name: "CÔNG TY CỔ PHẦN" and sector as its head, "AN PHÚ XANH" as its core. */
export interface CompanyName {
  readonly form: string;
  readonly head: string;
  readonly core: string;
}

/** An invented name of a business of that type, in capitals and without abbreviations. */
export function drawCompanyName(random: Random, type: EnterpriseType): CompanyName {
  const form = FORMS[type];
  return { form, head: `${form} ${random.pick(SECTORS)}`, core: `${random.pick(CORES)} ${random.pick(SUFFIXES)}` };
}

/** An invented name of a body without business registration. */
export function drawBodyName(random: Random): string {
  return `${random.pick(BODIES)} ${random.pick(CORES)} ${random.pick(SUFFIXES)}`;
}

const ABBREVIATIONS: readonly (readonly [string, readonly string[]])[] = [
  ['TRÁCH NHIỆM HỮU HẠN', ['TNHH']],
  ['MỘT THÀNH VIÊN', ['MTV']],
  ['CÔNG TY CỔ PHẦN', ['CTCP', 'CÔNG TY CP', 'CTY CỔ PHẦN']],
  ['CÔNG TY', ['CTY', 'C.TY']],
  ['DOANH NGHIỆP TƯ NHÂN', ['DNTN']],
  ['HỢP TÁC XÃ', ['HTX']],
  ['CHI NHÁNH', ['CN']],
  ['VĂN PHÒNG ĐẠI DIỆN', ['VPĐD']],
  ['THƯƠNG MẠI', ['TM']],
  ['DỊCH VỤ', ['DV']],
  ['SẢN XUẤT', ['SX']],
  ['XÂY DỰNG', ['XD']],
  ['XUẤT NHẬP KHẨU', ['XNK']],
  ['ĐẦU TƯ', ['ĐT']],
];

/** The name with each of its usual words abbreviated or left as it is, at least one abbreviated; undefined if it has none. */
export function abbreviated(name: string, random: Random): string | undefined {
  let shorter = name;
  for (const [words, short] of ABBREVIATIONS) {
    if (shorter === name || random.chance(0.7)) shorter = shorter.replace(words, random.pick(short));
  }
  return shorter === name ? undefined : shorter;
}
