import { describe, expect, it } from '@jest/globals';
import { REGISTRY_OF, type RecordType } from '#contracts/records';
import { columnsOf } from '../files/index.ts';
import {
  DEFINITIONS,
  definitionOf,
  definitionOfFileName,
  findDefinition,
  FLAG,
  spelled,
  type Fields,
  type FieldSpec,
} from './index.ts';

/** The field at a dotted path. */
function fieldAt(record: RecordType, path: string): FieldSpec | undefined {
  let fields: Fields = definitionOf(record).fields;
  let spec: FieldSpec | undefined;
  for (const name of path.split('.')) {
    spec = fields[name];
    fields = spec?.kind === 'object' || spec?.kind === 'list' ? spec.fields : {};
  }
  return spec;
}

function spellingOf(record: RecordType, path: string, value: string): string | undefined {
  const spec = fieldAt(record, path);
  return spec?.kind === 'choice' ? spelled(spec.spellings, value) : undefined;
}

describe('spellings of codes', () => {
  it.each<[RecordType, string, string, string | undefined]>([
    ['resident', 'gender', 'Nam', 'MALE'],
    ['resident', 'gender', '1', 'MALE'],
    ['resident', 'gender', 'NỮ', 'FEMALE'],
    ['resident', 'gender', 'Nữ'.normalize('NFD'), 'FEMALE'],
    ['resident', 'gender', 'nu', 'FEMALE'],
    ['resident', 'gender', '2', 'FEMALE'],
    ['resident', 'gender', '0', 'UNKNOWN'],
    ['resident', 'gender', 'FEMALE', 'FEMALE'],
    ['resident', 'gender', 'Năm', undefined],
    ['resident', 'gender', '3', undefined],
    ['resident', 'status', 'Đã chết', 'DECEASED'],
    ['resident', 'status', 'Còn sống', 'ALIVE'],
    ['resident', 'status', 'Mất tích', 'MISSING'],
    ['resident', 'maritalStatus', 'Có vợ/chồng', 'MARRIED'],
    ['resident', 'maritalStatus', 'Góa', 'WIDOWED'],
    ['resident', 'maritalStatus', 'Goá', 'WIDOWED'],
    ['resident', 'formerIds.type', 'CMND', 'CMND9'],
    ['resident', 'formerIds.type', 'Hộ chiếu', undefined],
    ['enterprise', 'status', 'Đang hoạt động', 'ACTIVE'],
    ['enterprise', 'status', 'đang  HOẠT ĐỘNG ', 'ACTIVE'],
    ['enterprise', 'status', 'Tạm ngừng kinh doanh', 'SUSPENDED'],
    ['enterprise', 'status', 'Không còn hoạt động kinh doanh tại địa chỉ đã đăng ký', 'NOT_AT_ADDRESS'],
    ['enterprise', 'status', 'Bị thu hồi GCN ĐKDN do cưỡng chế về quản lý thuế', 'REVOKED'],
    ['enterprise', 'status', 'Đang làm thủ tục giải thể, đã bị chia, bị hợp nhất, bị sáp nhập', 'DISSOLVING'],
    ['enterprise', 'status', 'Đã giải thể, phá sản, chấm dứt tồn tại', 'DISSOLVED'],
    ['enterprise', 'type', 'Công ty TNHH một thành viên', 'SINGLE_MEMBER_LLC'],
    ['enterprise', 'type', 'Công ty trách nhiệm hữu hạn hai thành viên trở lên', 'MULTI_MEMBER_LLC'],
    ['enterprise', 'type', 'CT cổ phần', 'JOINT_STOCK'],
    ['enterprise', 'type', 'VPĐD', 'REPRESENTATIVE_OFFICE'],
    ['enterprise', 'representatives.documentType', 'Căn cước công dân', 'PERSONAL_ID'],
    ['enterprise', 'representatives.documentType', 'Hộ chiếu', 'PASSPORT'],
    ['taxpayer', 'kind', 'Hộ kinh doanh', 'HOUSEHOLD_BUSINESS'],
    ['taxpayer', 'kind', 'Cá nhân', 'INDIVIDUAL'],
    ['taxpayer', 'status', '0', '00'],
    ['taxpayer', 'status', 'NNT tạm ngừng hoạt động, kinh doanh', '05'],
    ['taxpayer', 'status', '04', undefined],
    ['taxpayer', 'status', '08', undefined],
    ['marriage', 'status', 'Đã ly hôn', 'DIVORCED'],
    ['birth', 'mother.documentType', '5', 'PERSONAL_ID'],
  ])('%s.%s: %s', (record, path, value, code) => {
    expect(spellingOf(record, path, value)).toBe(code);
  });

  it('are the codes of the schemas, no more and no fewer', () => {
    for (const definition of DEFINITIONS) {
      const text = JSON.stringify(definition.schema);
      for (const spec of Object.values(definition.fields)) {
        if (spec.kind !== 'choice') continue;
        for (const code of spec.spellings.codes) expect(text).toContain(`"${code}"`);
      }
    }
    expect([...FLAG.codes]).toEqual(['true', 'false']);
  });
});

describe('definitions', () => {
  it('know exactly the fields of their schema', () => {
    const names = (schema: unknown): string[] => Object.keys((schema as { properties: object }).properties).sort();
    for (const { schema, fields } of DEFINITIONS) {
      expect(Object.keys(fields).sort()).toEqual(names(schema));
      const properties = schema.properties as Record<string, { properties?: object; items?: object }>;
      for (const [name, spec] of Object.entries(fields)) {
        if (spec.kind === 'object') expect(Object.keys(spec.fields).sort()).toEqual(names(properties[name]));
        if (spec.kind === 'list') expect(Object.keys(spec.fields).sort()).toEqual(names(properties[name]?.items));
      }
    }
  });

  it('name fields of their schema: of names, and of places', () => {
    const isThere = (schema: unknown, [name, ...rest]: readonly string[]): boolean => {
      const { properties, items } = schema as { properties?: Record<string, unknown>; items?: unknown };
      if (items !== undefined) return isThere(items, name === undefined ? [] : [name, ...rest]);
      return name === undefined || (properties?.[name] !== undefined && isThere(properties[name], rest));
    };
    for (const { schema, names, otherNames = [], places } of DEFINITIONS) {
      const paths = [...names, ...otherNames, ...places, ...places.map((place) => `${place}.wardCode`)];
      expect(paths.filter((path) => !isThere(schema, path.split('.')))).toEqual([]);
    }
  });

  it('stand in an order that never changes: views store the places, and a new one goes to the end', () => {
    const known = ['enterprise', 'taxpayer', 'birth', 'death', 'marriage', 'resident'];
    expect(DEFINITIONS.map(({ record }) => record).slice(0, known.length)).toEqual(known);
    expect(new Set(DEFINITIONS.map(({ record }) => record)).size).toBe(DEFINITIONS.length);
  });

  it('belong to the registry that keeps their records', () => {
    expect(DEFINITIONS.map(({ record, registry }) => [record, registry])).toEqual(Object.entries(REGISTRY_OF));
  });

  it.each([
    ['residents.jsonl', 'resident'],
    ['RESIDENT.CSV', 'resident'],
    ['/data/in/Enterprises.xlsx', 'enterprise'],
    ['taxpayers-2026-11.jsonl', 'taxpayer'],
    ['2026_births_part3.csv', 'birth'],
    ['residents.rejected.jsonl', 'resident'],
    ['data.csv', undefined],
    ['births-and-deaths.csv', undefined],
    ['stillbirths.csv', undefined],
  ])('are told by the file name %s', (name, record) => {
    expect(definitionOfFileName(name)?.record).toBe(record);
  });

  it('are found by record and registry', () => {
    expect(findDefinition('Residents')?.record).toBe('resident');
    expect(findDefinition('resident', 'tax-office')).toBeUndefined();
  });

  it.each<[RecordType, string, string]>([
    ['enterprise', 'Mã số doanh nghiệp', 'enterpriseCode'],
    ['enterprise', 'Địa chỉ trụ sở', 'headOffice.text'],
    ['enterprise', 'Ngày thay đổi gần nhất', 'lastAmendedOn'],
    ['enterprise', 'Chức danh', 'title'],
    ['enterprise', 'representatives.2.title', 'title'],
    ['taxpayer', 'LOẠI NNT', 'kind'],
    ['taxpayer', 'Người đại diện', 'representative.fullName'],
    ['taxpayer', 'Cơ quan thuế quản lý', 'managingOffice'],
    ['birth', 'Nơi đăng ký', 'register.wardCode'],
    ['birth', 'Quyển số', 'register.book'],
    ['birth', 'Số', 'register.number'],
    ['birth', 'Họ tên con', 'child.fullName'],
    ['birth', 'Số định danh cha', 'father.documentNumber'],
    ['death', 'Ngày sinh người chết', 'deceased.dateOfBirth'],
    ['marriage', 'Giới tính vợ', 'wife.gender'],
    ['resident', 'Số CCCD', 'personalId'],
    ['resident', 'Nơi ở hiện tại', 'currentAddress.text'],
    ['resident', 'Tình trạng hôn nhân', 'maritalStatus'],
    ['resident', 'ngay sinh', 'dateOfBirth'],
  ])('know the column of %s called %s', (record, header, path) => {
    expect(columnsOf(definitionOf(record)).find(header)?.path.join('.')).toBe(path);
  });
});
