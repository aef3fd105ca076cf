import { Resident } from '#contracts/records';
import type { RecordDefinition } from './record-definition.ts';
import { choice, date, list, ownCode, text, versionFieldSpecs } from './field.ts';
import { address, person } from './people.ts';
import { textOf } from './record-definition.ts';
import { FORMER_ID_TYPE, GENDER, MARITAL_STATUS, RESIDENT_STATUS } from './spellings.ts';

export const residentDefinition: RecordDefinition = {
  registry: 'residents',
  record: 'resident',
  fileNames: ['resident', 'residents'],
  schema: Resident,
  fields: {
    personalId: ownCode('personal-id', 'Số định danh cá nhân', 'Số CCCD', 'Số định danh'),
    formerIds: list('formerId', { type: choice(FORMER_ID_TYPE), value: text(), validTo: date() }, [
      { field: 'value', constants: { type: 'CMND9' }, aliases: ['Số CMND'] },
    ]),
    fullName: text('Họ và tên', 'Họ tên'),
    otherNames: text('Tên gọi khác'),
    dateOfBirth: date('Ngày sinh'),
    gender: choice(GENDER, 'Giới tính'),
    nationality: text('Quốc tịch'),
    ethnicity: text('Dân tộc'),
    placeOfBirth: address('Nơi sinh'),
    hometown: address('Quê quán'),
    permanentAddress: address('Thường trú', 'Nơi thường trú'),
    currentAddress: address('Nơi ở hiện tại'),
    maritalStatus: choice(MARITAL_STATUS, 'Tình trạng hôn nhân'),
    spouse: person('vợ chồng'),
    mother: person('mẹ'),
    father: person('cha'),
    householder: person('chủ hộ'),
    status: choice(RESIDENT_STATUS, 'Tình trạng'),
    diedOn: date('Ngày chết'),
    ...versionFieldSpecs,
  },
  keyFields: ['personalId'],
  keyOf: (content) => textOf(content, 'personalId'),
  example: {
    personalId: '001080000001',
    formerIds: [{ type: 'CMND9', value: '011234567' }],
    fullName: 'Nguyễn Văn Mẫu',
    dateOfBirth: '1980-05-17',
    gender: 'MALE',
    nationality: 'Việt Nam',
    ethnicity: 'Kinh',
    permanentAddress: { wardCode: '00004', provinceCode: '01', text: 'Số 1 phố Mẫu, phường Ba Đình, Hà Nội' },
    maritalStatus: 'MARRIED',
    mother: { fullName: 'Phạm Thị Thí Dụ', dateOfBirth: '1955' },
    status: 'ALIVE',
    updatedAt: '2026-07-01T08:00:00+07:00',
  },
};
