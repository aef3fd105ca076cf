import { Enterprise } from '#contracts/records';
import type { RecordDefinition } from './record-definition.ts';
import { choice, code, date, list, ownCode, text, versionFieldSpecs } from './field.ts';
import { address, representativeFields } from './people.ts';
import { textOf } from './record-definition.ts';
import { ENTERPRISE_STATUS, ENTERPRISE_TYPE } from './spellings.ts';

export const enterpriseDefinition: RecordDefinition = {
  registry: 'enterprise-registry',
  record: 'enterprise',
  fileNames: ['enterprise', 'enterprises'],
  schema: Enterprise,
  fields: {
    enterpriseCode: ownCode('enterprise', 'Mã số doanh nghiệp', 'MSDN'),
    taxCode: code('tax', 'Mã số thuế', 'MST'),
    name: text('Tên doanh nghiệp'),
    shortName: text('Tên viết tắt'),
    foreignName: text('Tên nước ngoài'),
    type: choice(ENTERPRISE_TYPE, 'Loại hình', 'Loại hình doanh nghiệp'),
    status: choice(ENTERPRISE_STATUS, 'Tình trạng', 'Tình trạng hoạt động'),
    parentCode: code('enterprise', 'Mã số doanh nghiệp chủ quản'),
    foundedOn: date('Ngày thành lập'),
    lastAmendedOn: date('Ngày thay đổi gần nhất'),
    headOffice: address('Địa chỉ trụ sở', 'Địa chỉ trụ sở chính'),
    representatives: list('representative', { ...representativeFields, title: text('Chức danh') }),
    ...versionFieldSpecs,
  },
  keyFields: ['enterpriseCode'],
  keyOf: (content) => textOf(content, 'enterpriseCode'),
  grouping: { by: 'enterpriseCode', list: 'representatives' },
  example: {
    enterpriseCode: '0100233488',
    taxCode: '0100233488',
    name: 'CÔNG TY TNHH MẪU',
    shortName: 'MẪU CO',
    type: 'MULTI_MEMBER_LLC',
    status: 'ACTIVE',
    foundedOn: '2015-03-20',
    headOffice: { wardCode: '00004', provinceCode: '01', text: 'Số 1 phố Mẫu, phường Ba Đình, Hà Nội' },
    representatives: [
      {
        fullName: 'Nguyễn Văn Mẫu',
        dateOfBirth: '1980-05-17',
        gender: 'MALE',
        nationality: 'Việt Nam',
        documentType: 'PERSONAL_ID',
        documentNumber: '001080000001',
        title: 'Giám đốc',
      },
    ],
    updatedAt: '2026-07-01T08:00:00+07:00',
  },
};
