import { tonedText } from '../text/levels.ts';

/** The kind of unit that a name begins with, and the name without it; both normalised. */
export interface PlaceName {
  readonly kind: string | null;
  readonly bare: string;
}

const WARD_KIND = /^(phường|xã|thị trấn|đặc khu|p\.|p |x\.|tt\.|tt |đk\.)\s*/;
const WARD_KINDS: Readonly<Record<string, string>> = {
  'p.': 'phường',
  'p ': 'phường',
  'x.': 'xã',
  'tt.': 'thị trấn',
  'tt ': 'thị trấn',
  'đk.': 'đặc khu',
};
const PROVINCE_KIND = /^(?:tỉnh |thành phố |t\.p\.? ?|tp\. ?|tp |t\. ?)/;
const JOINERS = /\s*[-–—]\s*/g;
const LEADING_ZERO = /^0+(?=[0-9]+$)/;

/** Spellings of province names beside the official one, normalised. */
const PROVINCE_ALIASES: Readonly<Record<string, string>> = {
  hcm: 'hồ chí minh',
  tphcm: 'hồ chí minh',
  'thừa thiên huế': 'huế',
  'bắc cạn': 'bắc kạn',
  'đăk lăk': 'đắk lắk',
  'đắc lắc': 'đắk lắk',
  'đăk nông': 'đắk nông',
  'đắc nông': 'đắk nông',
  kontum: 'kon tum',
};

/** A ward's name: `Phường 01`, `P.1` and `phường 1` are the same. */
export function wardNameOf(text: string): PlaceName {
  const name = tonedText(text);
  const kind = WARD_KIND.exec(name);
  const bare = (kind === null ? name : name.slice(kind[0].length)).replace(JOINERS, ' ').replace(LEADING_ZERO, '');
  const word = kind?.[1];
  return { kind: word === undefined ? null : (WARD_KINDS[word] ?? word), bare };
}

/** A province's name without its kind: `TP. Hồ Chí Minh`, `Thành phố Hồ Chí Minh` and `TP HCM` are the same. */
export function provinceNameOf(text: string): string {
  const name = tonedText(text).replace(PROVINCE_KIND, '').replace(JOINERS, ' ');
  return PROVINCE_ALIASES[name] ?? name;
}
