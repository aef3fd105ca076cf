import type { Enterprise, PersonRef, Resident, Taxpayer } from '#contracts/records';

/** Head of a company: a woman born in 1984. */
export const HOA: Resident = {
  personalId: '025184000101',
  formerIds: [{ type: 'CMND9', value: '131000101' }],
  fullName: 'Đặng Thị Hòa',
  dateOfBirth: '1984-03-09',
  gender: 'FEMALE',
  nationality: 'Việt Nam',
  maritalStatus: 'MARRIED',
  spouse: { fullName: 'Trần Văn Quý', documentNumber: '025081000102' },
  mother: { fullName: 'Lý Thị Mỹ' },
  father: { fullName: 'Đặng Hữu Sơn' },
  status: 'ALIVE',
  updatedAt: '2025-01-10T08:00:00+07:00',
};

/** Her husband, born in 1981. */
export const QUY: Resident = {
  personalId: '025081000102',
  fullName: 'Trần Văn Quý',
  dateOfBirth: '1981-11-23',
  gender: 'MALE',
  nationality: 'Việt Nam',
  maritalStatus: 'MARRIED',
  spouse: { fullName: 'Đặng Thị Hòa', documentNumber: '025184000101' },
  mother: { fullName: 'Bùi Thị Sen' },
  father: { fullName: 'Trần Văn Kỳ' },
  status: 'ALIVE',
  updatedAt: '2025-01-10T08:00:00+07:00',
};

/** The person as registers of other registries write them down. */
export function mentionOf({ fullName, dateOfBirth, gender, personalId }: Resident): PersonRef {
  return {
    fullName,
    dateOfBirth,
    gender,
    nationality: 'Việt Nam',
    documentType: 'PERSONAL_ID',
    documentNumber: personalId,
  };
}

/** A company that Hòa stands for. */
export const COMPANY: Enterprise = {
  enterpriseCode: '2600123455',
  taxCode: '2600123455',
  name: 'CÔNG TY TNHH SẢN XUẤT SÔNG XANH',
  type: 'MULTI_MEMBER_LLC',
  status: 'ACTIVE',
  headOffice: { wardCode: '04792', wardName: 'Phường Tân Hòa', provinceCode: '25' },
  representatives: [{ ...mentionOf(HOA), title: 'Giám đốc' }],
  updatedAt: '2025-02-01T08:00:00+07:00',
};

/** The company as the tax office knows it. */
export const COMPANY_TAXES: Taxpayer = {
  taxCode: '2600123455',
  kind: 'ORGANISATION',
  name: 'CÔNG TY TNHH SẢN XUẤT SÔNG XANH',
  status: '00',
  enterpriseCode: '2600123455',
  address: { wardCode: '04792', wardName: 'Phường Tân Hòa', provinceCode: '25' },
  updatedAt: '2025-02-02T08:00:00+07:00',
};
