import type { Enterprise, Resident, Taxpayer } from '#contracts/records';

/** Invented people and companies, complete and without a fault; a test states what is other. */
export const resident = (other: Partial<Resident> = {}): Resident => ({
  personalId: '001080012345',
  fullName: 'Nguyễn Văn Bình',
  dateOfBirth: '1980-05-17',
  gender: 'MALE',
  nationality: 'Việt Nam',
  maritalStatus: 'SINGLE',
  mother: { fullName: 'Trần Thị Lụa' },
  father: { fullName: 'Nguyễn Văn Thóc' },
  permanentAddress: { wardCode: '00004', provinceCode: '01' },
  status: 'ALIVE',
  ...other,
});

export const enterprise = (other: Partial<Enterprise> = {}): Enterprise => ({
  enterpriseCode: '0100233488',
  taxCode: '0100233488',
  name: 'CÔNG TY TNHH SƠN CA XANH',
  type: 'SINGLE_MEMBER_LLC',
  status: 'ACTIVE',
  headOffice: { wardCode: '00004', provinceCode: '01' },
  representatives: [
    {
      fullName: 'Nguyễn Văn Bình',
      dateOfBirth: '1980-05-17',
      gender: 'MALE',
      documentType: 'PERSONAL_ID',
      documentNumber: '001080012345',
    },
  ],
  ...other,
});

export const taxpayer = (other: Partial<Taxpayer> = {}): Taxpayer => ({
  taxCode: '0100233488',
  kind: 'ORGANISATION',
  name: 'CÔNG TY TNHH SƠN CA XANH',
  status: '00',
  enterpriseCode: '0100233488',
  address: { wardCode: '00004', provinceCode: '01' },
  ...other,
});
