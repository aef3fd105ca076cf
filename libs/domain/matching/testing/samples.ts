import type {
  Birth,
  Death,
  Enterprise,
  Marriage,
  PersonRef,
  RecordContent,
  RecordType,
  Resident,
  Taxpayer,
} from '#contracts/records';
import { loadRules, type Rules } from '#contracts/rules';
import type { Check } from '#contracts/verdicts';
import { createAdministrativeUnits, type AdministrativeUnits } from '../../identity/index.ts';
import { judge, lookupOf, partsOf, type Found, type Judgement, type Lookup } from '../index.ts';

export const rules: Rules = loadRules();

/** Some rows of the ward table: merged wards, a split one (00016), and two that moved to another province. */
export const units: AdministrativeUnits =
  createAdministrativeUnits(`old_ward_code,old_ward_name,old_district_name,old_province_code,new_ward_code,new_ward_name,new_province_code
00004,Phường Trúc Bạch,Quận Ba Đình,01,00004,Phường Ba Đình,01
00013,Phường Quán Thánh,Quận Ba Đình,01,00004,Phường Ba Đình,01
00016,Phường Ngọc Hà,Quận Ba Đình,01,00004,Phường Ba Đình,01
00016,Phường Ngọc Hà,Quận Ba Đình,01,00008,Phường Ngọc Hà,01
00070,Phường Hàng Bạc,Quận Hoàn Kiếm,01,00070,Phường Hoàn Kiếm,01
00692,Phường Ngọc Hà,Thành phố Hà Giang,02,00691,Phường Hà Giang 2,08
00946,Xã Phương Độ,Thành phố Hà Giang,02,00694,Phường Hà Giang 1,08
02635,Phường Duyên Hải,Thành phố Lào Cai,10,02647,Phường Lào Cai,15
04252,Phường Yên Ninh,Thành phố Yên Bái,15,04252,Phường Yên Bái,15
`);

/** A man born in 1980, by his number too. */
export const resident = (changes: Partial<Resident> = {}): Resident => ({
  personalId: '001080012345',
  fullName: 'Đặng Hoà An',
  dateOfBirth: '1980-05-17',
  gender: 'MALE',
  status: 'ALIVE',
  mother: { fullName: 'Lý Thị Thuỷ' },
  father: { fullName: 'Đặng Văn Hùng' },
  maritalStatus: 'MARRIED',
  spouse: { fullName: 'Trần Thị Quý' },
  ...changes,
});

/** The same man as another registry mentions him. */
export const person = (changes: Partial<PersonRef> = {}): PersonRef => ({
  fullName: 'Đặng Hoà An',
  dateOfBirth: '1980-05-17',
  gender: 'MALE',
  nationality: 'Việt Nam',
  documentType: 'PERSONAL_ID',
  documentNumber: '001080012345',
  ...changes,
});

export const enterprise = (changes: Partial<Enterprise> = {}): Enterprise => ({
  enterpriseCode: '0100233488',
  name: 'Công ty TNHH Sao Mai',
  type: 'MULTI_MEMBER_LLC',
  status: 'ACTIVE',
  headOffice: { wardCode: '00004', provinceCode: '01' },
  representatives: [person()],
  ...changes,
});

export const taxpayer = (changes: Partial<Taxpayer> = {}): Taxpayer => ({
  taxCode: '0100233488',
  kind: 'ORGANISATION',
  name: 'Công ty TNHH Sao Mai',
  status: '00',
  enterpriseCode: '0100233488',
  address: { wardCode: '00004', provinceCode: '01' },
  ...changes,
});

export const individual = (changes: Partial<Taxpayer> = {}): Taxpayer => ({
  taxCode: '001080012345',
  kind: 'INDIVIDUAL',
  name: 'Đặng Hoà An',
  status: '00',
  representative: person(),
  ...changes,
});

const register = { wardCode: '00013', book: '01', number: '12', registeredOn: '1980-06-01' };

export const birth = (child: Partial<PersonRef> = {}, changes: Partial<Birth> = {}): Birth => ({
  register,
  child: person(child),
  mother: { fullName: 'Lý Thị Thuỷ' },
  father: { fullName: 'Đặng Văn Hùng' },
  ...changes,
});

export const death = (changes: Partial<Death> = {}): Death => ({
  register,
  deceased: person(),
  diedOn: '2020-03-02',
  ...changes,
});

export const deceased = (changes: Partial<Resident> = {}): Resident =>
  resident({ status: 'DECEASED', diedOn: '2020-03-02', ...changes });

export const marriage = (changes: Partial<Marriage> = {}): Marriage => ({
  register,
  husband: person(),
  wife: { fullName: 'Trần Thị Quý', dateOfBirth: '1982', documentNumber: '001182054321' },
  establishedOn: '2005-01-01',
  status: 'IN_FORCE',
  ...changes,
});

/** How a record is looked up in a check, for its first part. */
export function lookup(check: Check, left: RecordContent): Lookup {
  return lookupOf(check, left, firstPart(check, left));
}

/** Judges the first part of a record; the counterpart, when there is one, is found by what `by` says. */
export function judged(
  check: Check,
  left: RecordContent,
  right: RecordContent | null,
  found: Found = { kind: 'found', by: check === 'tax-registration' ? 'TAX_CODE' : 'PERSONAL_ID' },
  index = 0,
): Judgement {
  return judge({
    check,
    record: recordOf(left),
    left,
    part: firstPart(check, left, index),
    right,
    found,
    rules,
    units,
  });
}

export const NOT_FOUND: Found = { kind: 'not-found' };

function firstPart(check: Check, left: RecordContent, index = 0) {
  const part = partsOf(check, left)[index] ?? { index: 0, identity: '', person: null };
  return part;
}

/** The type that a content is of, by what only this type has. */
export function recordOf(content: RecordContent): RecordType {
  const [found] = TELLING_FIELDS.filter(([field]) => field in content);
  if (found === undefined) throw new TypeError('a content of no known type');
  return found[1];
}

const TELLING_FIELDS: readonly (readonly [field: string, record: RecordType])[] = [
  ['representatives', 'enterprise'],
  ['kind', 'taxpayer'],
  ['child', 'birth'],
  ['deceased', 'death'],
  ['husband', 'marriage'],
  ['personalId', 'resident'],
];
