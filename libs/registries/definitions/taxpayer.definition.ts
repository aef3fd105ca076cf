import { Taxpayer } from '#contracts/records';
import type { RecordDefinition } from './record-definition.ts';
import { choice, code, date, object, ownCode, text, versionFieldSpecs } from './field.ts';
import { address, representativeFields } from './people.ts';
import { textOf } from './record-definition.ts';
import { TAXPAYER_KIND, TAXPAYER_STATUS } from './spellings.ts';

export const taxpayerDefinition: RecordDefinition = {
  registry: 'tax-office',
  record: 'taxpayer',
  fileNames: ['taxpayer', 'taxpayers'],
  schema: Taxpayer,
  fields: {
    taxCode: ownCode('tax', 'Mã số thuế', 'MST'),
    kind: choice(TAXPAYER_KIND, 'Loại NNT', 'Loại người nộp thuế'),
    name: text('Tên người nộp thuế', 'Tên NNT'),
    status: choice(TAXPAYER_STATUS, 'Trạng thái', 'Trạng thái MST'),
    enterpriseCode: code('enterprise', 'Mã số doanh nghiệp', 'MSDN'),
    address: address('Địa chỉ'),
    issuedOn: date('Ngày cấp', 'Ngày cấp MST'),
    managingOffice: text('Cơ quan thuế quản lý'),
    representative: object(representativeFields),
    ...versionFieldSpecs,
  },
  keyFields: ['taxCode'],
  keyOf: (content) => textOf(content, 'taxCode'),
  example: {
    taxCode: '0100233488',
    kind: 'ORGANISATION',
    name: 'CÔNG TY TNHH MẪU',
    status: '00',
    enterpriseCode: '0100233488',
    address: { wardCode: '00004', provinceCode: '01', text: 'Số 1 phố Mẫu, phường Ba Đình, Hà Nội' },
    issuedOn: '2015-03-20',
    managingOffice: 'Thuế cơ sở 1 thành phố Hà Nội',
    representative: {
      fullName: 'Nguyễn Văn Mẫu',
      dateOfBirth: '1980-05-17',
      gender: 'MALE',
      documentType: 'PERSONAL_ID',
      documentNumber: '001080000001',
    },
    updatedAt: '2026-07-01T08:00:00+07:00',
  },
};
