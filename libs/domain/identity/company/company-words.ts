/** Abbreviations of Vietnamese company names (`record-formats`, ABBREVIATION), in lower case and written out. */
const ABBREVIATIONS = {
  cty: 'công ty',
  tnhh: 'trách nhiệm hữu hạn',
  mtv: 'một thành viên',
  ctcp: 'công ty cổ phần',
  cp: 'cổ phần',
  dntn: 'doanh nghiệp tư nhân',
  htx: 'hợp tác xã',
  cn: 'chi nhánh',
  vpđd: 'văn phòng đại diện',
  tmcp: 'thương mại cổ phần',
  tm: 'thương mại',
  dv: 'dịch vụ',
  sx: 'sản xuất',
  xd: 'xây dựng',
  xnk: 'xuất nhập khẩu',
  đt: 'đầu tư',
} as const;

const WORDS: ReadonlyMap<string, string> = new Map(Object.entries(ABBREVIATIONS));

/** Abbreviations written together: `TMDV`, `SXTM`, `TNHHMTV`, `CTYTNHH`. */
const JOINED = /^(?:(?:cty|tnhh|mtv|tm|dv|sx|xd|xnk|đt)(?!$)){1,3}(?:tnhh|mtv|tm|dv|sx|xd|xnk|đt|cp)$/;
const JOINED_PART = /cty|tnhh|mtv|tm|dv|sx|xd|xnk|đt|cp/g;
const NUMBERS: Readonly<Record<string, string>> = { '1': 'một', '2': 'hai' };

/** A word of a company name written out, or the word itself; `next` is the word after it. */
export function writtenOut(word: string, next: string | undefined): string {
  const known = WORDS.get(word);
  if (known !== undefined) return known;
  if (word === 'ct' && (next === 'tnhh' || next === 'cp')) return ABBREVIATIONS.cty;
  if (next === 'thành' || next === 'tv') return NUMBERS[word] ?? word;
  if (word.length > 3 && JOINED.test(word)) {
    return word.replace(JOINED_PART, (part) => ` ${WORDS.get(part) ?? part}`).trimStart();
  }
  return word;
}

const PART_OF_COMPANY = 'chi nhánh|văn phòng đại diện|địa điểm kinh doanh';
const MEMBERS = '(?:một|hai) thành viên(?: trở lên)?';
const COMPANY = `(?:tổng )?công ty(?: (?:một thành viên )?trách nhiệm hữu hạn(?: ${MEMBERS})?| cổ phần| hợp danh)?`;
const OTHERS =
  'doanh nghiệp tư nhân|liên hiệp hợp tác xã|hợp tác xã|hộ kinh doanh|ngân hàng thương mại cổ phần|trách nhiệm hữu hạn';

/** The legal form at the head of a name that is written out; it may match nothing. */
export const LEGAL_FORM = new RegExp(`^(?:(?:${PART_OF_COMPANY})(?= |$) ?)?(?:(?:${COMPANY}|${OTHERS})(?= |$))?`);

/** English forms at the end of a name, with the Vietnamese ones that they stand for. */
export const ENGLISH_FORMS: readonly (readonly [tail: string, form: string])[] = [
  [' co ltd', 'công ty trách nhiệm hữu hạn'],
  [' company ltd', 'công ty trách nhiệm hữu hạn'],
  [' company limited', 'công ty trách nhiệm hữu hạn'],
  [' ltd', 'công ty trách nhiệm hữu hạn'],
  [' jsc', 'công ty cổ phần'],
];
