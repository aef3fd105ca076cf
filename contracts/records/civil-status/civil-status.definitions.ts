import type { JsonObject } from '#contracts/shared';
import {
  address,
  choice,
  date,
  defineRecord,
  object,
  ownCode,
  person,
  personFields,
  text,
  versionFieldSpecs,
  type FieldSpec,
} from '../definition/index.ts';
import { Birth, Death, Marriage } from './civil-status.schema.ts';
import { MARRIAGE_STATUS } from './civil-status.spellings.ts';

const register: FieldSpec = object({
  wardCode: ownCode('ward', 'Nơi đăng ký'),
  book: text('Quyển số'),
  number: text('Số'),
  registeredOn: date('Ngày đăng ký'),
});

const PARTS = ['wardCode', 'book', 'number', 'registeredOn'];

/** `wardCode/book/number/registeredOn`, a slash inside a part written `%2F`. */
function registerKey(content: JsonObject): string {
  const place = content['register'];
  const parts = new Map(place !== null && typeof place === 'object' ? Object.entries(place) : []);
  return PARTS.map((part) => {
    const value: unknown = parts.get(part);
    return typeof value === 'string' ? value.normalize('NFC').trim().replaceAll('/', '%2F') : '';
  }).join('/');
}

const common = {
  registry: 'civil-status',
  keyFields: ['register'],
  keyOf: registerKey,
  keyForm: 'ward/book/number/date, with %2F for a slash inside a part',
  places: ['register'],
} as const;

const exampleRegister = { wardCode: '00004', book: '01/2026', number: '12', registeredOn: '2026-02-03' };
const father = {
  fullName: 'Nguyễn Văn Mẫu',
  dateOfBirth: '1980-05-17',
  gender: 'MALE',
  documentType: 'PERSONAL_ID',
  documentNumber: '001080000001',
};
const mother = {
  fullName: 'Trần Thị Ví Dụ',
  dateOfBirth: '1982-09-01',
  gender: 'FEMALE',
  documentType: 'PERSONAL_ID',
  documentNumber: '001182000002',
};

export const birthDefinition = defineRecord({
  ...common,
  record: 'birth',
  fileNames: ['birth', 'births'],
  schema: Birth,
  names: ['child.fullName'],
  fields: {
    register,
    child: object({
      ...personFields('con'),
      placeOfBirth: address('Nơi sinh', 'Nơi sinh con'),
      hometown: address('Quê quán', 'Quê quán con'),
      ethnicity: text('Dân tộc', 'Dân tộc con'),
    }),
    mother: person('mẹ'),
    father: person('cha'),
    ...versionFieldSpecs,
  },
  example: {
    register: exampleRegister,
    child: {
      fullName: 'Nguyễn Thị Thí Dụ',
      dateOfBirth: '2026-01-20',
      gender: 'FEMALE',
      documentType: 'PERSONAL_ID',
      documentNumber: '001326000003',
      ethnicity: 'Kinh',
    },
    mother,
    father,
  },
});

export const deathDefinition = defineRecord({
  ...common,
  record: 'death',
  fileNames: ['death', 'deaths'],
  schema: Death,
  names: ['deceased.fullName'],
  fields: {
    register,
    deceased: person('người chết'),
    diedOn: date('Ngày chết'),
    placeOfDeath: address('Nơi chết'),
    cause: text('Nguyên nhân chết'),
    ...versionFieldSpecs,
  },
  example: {
    register: exampleRegister,
    deceased: {
      fullName: 'Lê Văn Minh Họa',
      dateOfBirth: '1941',
      gender: 'MALE',
      documentType: 'PERSONAL_ID',
      documentNumber: '001041000004',
    },
    diedOn: '2026-01-30',
    placeOfDeath: { text: 'Tại nhà' },
  },
});

export const marriageDefinition = defineRecord({
  ...common,
  record: 'marriage',
  fileNames: ['marriage', 'marriages'],
  schema: Marriage,
  names: ['husband.fullName', 'wife.fullName'],
  fields: {
    register,
    husband: person('chồng'),
    wife: person('vợ'),
    establishedOn: date('Ngày xác lập quan hệ hôn nhân', 'Ngày xác lập', 'Ngày kết hôn'),
    status: choice(MARRIAGE_STATUS, 'Tình trạng', 'Tình trạng kết hôn'),
    ...versionFieldSpecs,
  },
  example: {
    register: exampleRegister,
    husband: father,
    wife: mother,
    establishedOn: '2026-02-03',
    status: 'IN_FORCE',
  },
});
