import type { Random } from '../random.ts';

/** Surnames with their frequency in per mille of the population (published surveys; the last ones share the rest). */
const SURNAMES: readonly (readonly [string, number])[] = [
  ['Nguyễn', 384],
  ['Trần', 110],
  ['Lê', 95],
  ['Phạm', 71],
  ['Hoàng', 31],
  ['Huỳnh', 20],
  ['Phan', 45],
  ['Vũ', 20],
  ['Võ', 19],
  ['Đặng', 21],
  ['Bùi', 20],
  ['Đỗ', 14],
  ['Hồ', 13],
  ['Ngô', 13],
  ['Dương', 10],
  ['Lý', 5],
  ['Đinh', 14],
  ['Trịnh', 13],
  ['Đoàn', 12],
  ['Mai', 11],
  ['Lương', 11],
  ['Đào', 10],
  ['Trương', 10],
  ['Hà', 9],
  ['Cao', 8],
  ['Tạ', 6],
  ['Kiều', 5],
];

const list = (text: string): readonly string[] => text.trim().split(/\s+/);

const MALE_MIDDLES = list(
  'Văn Văn Văn Văn Đức Hữu Quang Minh Đình Xuân Công Thành Ngọc Gia Trọng Duy Quốc Thế Bá Tuấn',
);
const FEMALE_MIDDLES = list(
  'Thị Thị Thị Thị Thị Ngọc Thu Thanh Minh Phương Kim Bích Hồng Diệu Khánh Mai Quỳnh Thùy Hải Lan',
);

const MALE_GIVENS = list(`
  Hùng Dũng Tuấn Minh Hòa Quý Kỳ Sỹ Đức Sơn Long Nam Hải Thắng Cường Trung Kiên Bình Phúc Tâm Thành Hoàng Khoa Phong Vinh
  Tùng Lâm Hiếu Quân Khánh Toàn Đạt Nghĩa Thịnh Trường Việt An Bảo Hưng Khôi Lộc Mạnh Nhân Phát Quang Tài Thiện Tiến Trí Vũ
  Hy Thụy Hiển Cảnh Chiến Định Giang Hậu Khang Luân`);
const FEMALE_GIVENS = list(`
  Hoa Hòa Thúy Thủy Thùy Vy Mỹ Quý Lan Hương Mai Hà Hạnh Hằng Linh Nga Ngọc Nhung Phương Thảo Trang Yến Anh Bích Chi Dung
  Diệp Giang Hiền Hồng Huệ Huyền Khánh Liên Loan Ly Minh Nguyệt Nhàn Oanh Phượng Quỳnh Sen Tâm Thanh Thơm Thu Tuyết Uyên
  Vân Xuân Đào Đan Hậu Kiều Lụa Mây Ngân`);

const SURNAME_TABLE = SURNAMES.flatMap(([surname, weight]) => Array.from({ length: weight }, () => surname));

/** What a person is called, in its parts. */
export interface Name {
  readonly surname: string;
  readonly middle: string;
  readonly given: string;
}

export function drawSurname(random: Random): string {
  return random.pick(SURNAME_TABLE);
}

/** A name of someone of that gender; the surname is drawn by its frequency unless given. */
export function drawName(random: Random, gender: 'MALE' | 'FEMALE', surname = drawSurname(random)): Name {
  const male = gender === 'MALE';
  const given = random.pick(male ? MALE_GIVENS : FEMALE_GIVENS);
  let middle = random.pick(male ? MALE_MIDDLES : FEMALE_MIDDLES);
  while (middle === given) middle = random.pick(male ? MALE_MIDDLES : FEMALE_MIDDLES);
  return { surname, middle, given };
}

export function fullNameOf(name: Name): string {
  return `${name.surname} ${name.middle} ${name.given}`;
}

export function drawFullName(random: Random, gender: 'MALE' | 'FEMALE'): string {
  return fullNameOf(drawName(random, gender));
}

const FOREIGNERS: readonly (readonly [string, readonly string[]])[] = [
  ['Hàn Quốc', ['Kim Ji Hoon', 'Park Soo Bin', 'Choi Min Jae', 'Lee Ha Yoon']],
  ['Nhật Bản', ['Sato Kenji', 'Tanaka Yui', 'Mori Takashi', 'Ito Haruka']],
  ['Trung Quốc', ['Wang Lei', 'Li Na', 'Zhang Wei', 'Liu Yang']],
  ['Đài Loan', ['Chen Chih Hao', 'Lin Yu Ting', 'Huang Chia Wei']],
  ['Hoa Kỳ', ['John Miller', 'Emma Brown', 'Daniel Moore', 'Olivia Taylor']],
];

/** An invented foreigner: nationality and full name. */
export function drawForeigner(random: Random): { nationality: string; fullName: string } {
  const [nationality, names] = random.pick(FOREIGNERS);
  return { nationality, fullName: random.pick(names) };
}
