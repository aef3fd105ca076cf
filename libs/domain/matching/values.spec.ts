import { describe, expect, it } from '@jest/globals';
import { fieldAuthority } from './index.ts';
import { birth, enterprise, judged, person, resident, rules, taxpayer } from './testing/samples.ts';

describe('the values that a judgement rests on', () => {
  const values = (...input: Parameters<typeof judged>) => JSON.stringify(judged(...input).values);
  const base = values('legal-representative', enterprise(), resident());

  it.each([
    ['the name', enterprise({ representatives: [person({ fullName: 'Lê Hoa' })] }), resident()],
    ['the document number', enterprise({ representatives: [person({ documentNumber: '1' })] }), resident()],
    ['what the status asks of the person', enterprise({ status: 'DISSOLVED' }), resident()],
    ["the counterpart's name", enterprise(), resident({ fullName: 'Lê Hoa' })],
    ["the counterpart's status", enterprise(), resident({ status: 'DECEASED' })],
    ['the counterpart', enterprise(), resident({ personalId: '001080000001' })],
  ])('change with %s', (_, left, right) => {
    expect(values('legal-representative', left, right)).not.toBe(base);
  });

  it('do not change with what is not judged', () => {
    const left = enterprise({ shortName: 'SM', taxCode: '0314409058', status: 'SUSPENDED' });
    expect(values('legal-representative', left, resident({ ethnicity: 'Kinh' }))).toBe(base);
  });

  it('hold the wards and provinces of both places, but not their text', () => {
    const place = (address: object) => values('tax-registration', enterprise(), taxpayer({ address }));
    expect(place({ wardCode: '00004' })).not.toBe(place({ wardName: '00004' }));
    expect(place({ wardCode: '00004', text: 'a' })).toBe(place({ wardCode: '00004', text: 'b' }));
  });

  it("hold the checked record's alone when no counterpart was found", () => {
    expect(judged('birth', birth(), null, { kind: 'not-found' }).values).not.toContain('Lý Thị Mai');
    expect(judged('birth', birth(), null, { kind: 'not-found' }).values).toContain('Đặng Hoà An');
  });
});

describe('field authority: which registry gets the correction request', () => {
  it.each([
    ['legal-representative', 'fullName', 'enterprise-registry'],
    ['legal-representative', null, 'enterprise-registry'],
    ['tax-registration', 'address', 'tax-office'],
    ['taxpayer-identity', 'dateOfBirth', 'tax-office'],
    ['birth', 'mother.fullName', 'residents'],
    ['birth', null, 'civil-status'],
    ['death', 'status', 'residents'],
    ['death', 'fullName', 'civil-status'],
    ['marriage', 'maritalStatus', 'residents'],
    ['duplicate', 'fullName', 'residents'],
    ['birth', 'no such field', 'civil-status'],
  ] as const)('%s, %s: %s', (check, field, registry) => {
    expect(fieldAuthority(rules, check, field)).toBe(registry);
  });
});
