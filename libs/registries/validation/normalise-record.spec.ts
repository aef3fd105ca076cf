import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '#libs/platform';
import type { RecordType } from '#contracts/records';
import { DEFINITIONS, definitionOf } from '../definitions/index.ts';
import { describeReason, normaliseRecord, UnknownFieldCounter, type Normalised } from './index.ts';

const NOW = Date.UTC(2026, 10, 1);

const RESIDENT = {
  personalId: '001080000001',
  fullName: 'Nguyễn Văn Mẫu',
  dateOfBirth: '1980-05-17',
  gender: 'MALE',
  status: 'ALIVE',
};
const ENTERPRISE = {
  enterpriseCode: '0100233488',
  name: 'CÔNG TY MẪU',
  type: 'JOINT_STOCK',
  status: 'ACTIVE',
  representatives: [{ fullName: 'Nguyễn Văn Mẫu' }],
};
const BIRTH = {
  register: { wardCode: '00004', book: '01/2026', number: '12', registeredOn: '2026-02-03' },
  child: { fullName: 'Nguyễn Thị Thí Dụ' },
};
const TAXPAYER = { taxCode: '0100233488', kind: 'ORGANISATION', name: 'CÔNG TY MẪU', status: '00' };

const normalise = (record: RecordType, raw: unknown): Normalised => normaliseRecord(definitionOf(record), raw, NOW);
const resident = (fields: object): Normalised => normalise('resident', { ...RESIDENT, ...fields });
const reasonsOf = (result: Normalised): string[] =>
  result.ok ? [] : result.reasons.map(({ field, code }) => `${field} ${code}`);
const contentOf = (result: Normalised): unknown => (result.ok ? result.content : result.reasons);

describe('missing values', () => {
  it('are absent, empty or null, at every depth, and never an empty text', () => {
    const result = resident({
      nationality: '',
      ethnicity: null,
      otherNames: '  ',
      mother: { fullName: '', gender: null },
      formerIds: [null, {}, { type: '' }],
      hometown: { text: 'Hà Nội', detail: '' },
      withdrawn: false,
    });
    expect(contentOf(result)).toEqual({ ...RESIDENT, hometown: { text: 'Hà Nội' } });
  });

  it('are rejected where a value is required', () => {
    expect(reasonsOf(resident({ fullName: '', status: null }))).toEqual(['fullName required', 'status required']);
    expect(reasonsOf(normalise('enterprise', { ...ENTERPRISE, representatives: [{}] }))).toEqual([
      'representatives required',
    ]);
    expect(reasonsOf(normalise('birth', { ...BIRTH, register: { ...BIRTH.register, book: '' } }))).toEqual([
      'register.book required',
    ]);
  });
});

describe('dates', () => {
  it.each([
    ['17/05/1980', '1980-05-17'],
    ['05/1980', '1980-05'],
    ['1980', '1980'],
    ['1980-05', '1980-05'],
    [1980, '1980'],
  ])('%s is taken as %s', (given, taken) => {
    expect(contentOf(resident({ dateOfBirth: given }))).toEqual({ ...RESIDENT, dateOfBirth: taken });
  });

  it.each([
    ['31/02/1980', 'dateOfBirth date-impossible'],
    ['1980-13', 'dateOfBirth date-impossible'],
    ['5/17/1980', 'dateOfBirth date-form'],
    ['1980-05-17T00:00:00', 'dateOfBirth date-form'],
    [29358, 'dateOfBirth date-form'],
    [{}, 'dateOfBirth wrong-type'],
  ])('%s is rejected', (given, reason) => {
    expect(reasonsOf(resident({ dateOfBirth: given }))).toEqual([reason]);
  });

  it('are rejected with the field and the shape of the value, never the value', () => {
    const result = resident({ dateOfBirth: '31.12.1980', mother: { dateOfBirth: 'năm 1950' } });
    expect(result.ok ? [] : result.reasons).toEqual([
      { field: 'dateOfBirth', code: 'date-form', shape: 'text of 10 (99.99.9999)' },
      { field: 'mother.dateOfBirth', code: 'date-form', shape: 'text of 8 (aaa 9999)' },
    ]);
  });
});

describe("a record's own key", () => {
  it.each<[RecordType, object, string]>([
    ['resident', { ...RESIDENT, personalId: '001 080-000.001' }, '001080000001'],
    ['resident', { ...RESIDENT, personalId: 101080000001 }, '101080000001'],
    ['enterprise', { ...ENTERPRISE, enterpriseCode: 100233488 }, '0100233488'],
    ['enterprise', { ...ENTERPRISE, enterpriseCode: '0100233488001' }, '0100233488-001'],
    ['enterprise', { ...ENTERPRISE, enterpriseCode: '0100233488.00012' }, '0100233488.00012'],
    ['taxpayer', { ...TAXPAYER, taxCode: '0314409058-002' }, '0314409058-002'],
    ['taxpayer', { ...TAXPAYER, taxCode: '001080000001' }, '001080000001'],
    ['birth', BIRTH, '00004/01%2F2026/12/2026-02-03'],
    [
      'birth',
      { ...BIRTH, register: { wardCode: 4, book: '01/2026', number: 12, registeredOn: '03/02/2026' } },
      '00004/01%2F2026/12/2026-02-03',
    ],
  ])('of %s is written in one way', (record, raw, key) => {
    expect(normalise(record, raw)).toMatchObject({ ok: true, key });
  });

  it.each<[RecordType, object, string]>([
    ['resident', { ...RESIDENT, personalId: 1080000001 }, 'personalId code-length'],
    ['resident', { ...RESIDENT, personalId: 'K01080000001' }, 'personalId code-characters'],
    ['enterprise', { ...ENTERPRISE, enterpriseCode: '0100233480' }, 'enterpriseCode code-check-digit'],
    ['enterprise', { ...ENTERPRISE, enterpriseCode: '100233480' }, 'enterpriseCode code-length'],
    ['taxpayer', { ...TAXPAYER, taxCode: '0100233488-000' }, 'taxCode code-suffix'],
    ['birth', { ...BIRTH, register: { ...BIRTH.register, registeredOn: 'x' } }, 'register.registeredOn date-form'],
    ['birth', { ...BIRTH, register: { ...BIRTH.register, wardCode: '000040' } }, 'register.wardCode code-length'],
    ['birth', { ...BIRTH, register: { ...BIRTH.register, wardCode: 'Phúc Xá' } }, 'register.wardCode code-characters'],
  ])('of %s that breaks its format, length or check digit is rejected', (record, raw, reason) => {
    const result = normalise(record, raw);
    expect(reasonsOf(result)).toEqual([reason]);
    expect(result.key).toBeUndefined();
  });

  it('is known of a record that is rejected for another reason', () => {
    expect(resident({ gender: 'x' })).toMatchObject({ ok: false, key: '001080000001' });
  });
});

describe('codes that refer to something', () => {
  it('are kept as they came', () => {
    const person = { documentType: 'CMND9', documentNumber: ' 12-34 ' };
    const given = { taxCode: '0100 233 480', representatives: [person], parentCode: 'không rõ' };
    expect(contentOf(normalise('enterprise', { ...ENTERPRISE, ...given }))).toEqual({ ...ENTERPRISE, ...given });
  });

  it('are given as text, with a zero that is proven to be lost', () => {
    const given = {
      taxCode: 100233488,
      representatives: [{ documentNumber: 1080000001 }],
      headOffice: { wardCode: 4, provinceCode: '1' },
    };
    expect(contentOf(normalise('enterprise', { ...ENTERPRISE, ...given }))).toMatchObject({
      taxCode: '0100233488',
      representatives: [{ documentNumber: '1080000001' }],
      headOffice: { wardCode: '00004', provinceCode: '01' },
    });
  });
});

describe('updatedAt', () => {
  it('is kept as it came', () => {
    const result = resident({ updatedAt: '2026-07-01t08:00:00.50+07:00' });
    expect(result).toMatchObject({
      ok: true,
      content: { updatedAt: '2026-07-01t08:00:00.50+07:00' },
      updatedAt: { fraction: '5' },
    });
  });

  it('is rejected more than a day ahead of the clock', () => {
    expect(reasonsOf(resident({ updatedAt: '2026-11-02T00:00:01Z' }))).toEqual(['updatedAt in-the-future']);
    expect(resident({ updatedAt: '2026-11-02T00:00:00Z' }).ok).toBe(true);
  });

  it.each(['2026-07-01', '2026-07-01T08:00:00', '2026-02-30T00:00:00Z', '2026-01-01T24:00:00Z', 'today'])(
    '%s is none',
    (given) => {
      expect(reasonsOf(resident({ updatedAt: given }))).toEqual(['updatedAt moment-form']);
    },
  );
});

describe('a withdrawn record', () => {
  it('needs nothing but its key', () => {
    const raw = { personalId: '001080000001', withdrawn: true };
    expect(normalise('resident', raw)).toMatchObject({ ok: true, withdrawn: true, content: raw });
    expect(normalise('birth', { register: BIRTH.register, withdrawn: 'Có' })).toMatchObject({
      ok: true,
      withdrawn: true,
    });
    expect(reasonsOf(normalise('resident', { withdrawn: true }))).toEqual(['personalId required']);
  });
});

describe('unknown fields', () => {
  it('are kept out, and named, at every depth', () => {
    const result = resident({
      religion: 'x',
      mother: { fullName: 'A', phone: '1' },
      formerIds: [{ type: 'CMND9', value: '1', from: 'y' }],
    });
    expect(result).toMatchObject({ ok: true, unknownFields: ['formerIds.from', 'mother.phone', 'religion'] });
    expect(contentOf(result)).toEqual({
      ...RESIDENT,
      mother: { fullName: 'A' },
      formerIds: [{ type: 'CMND9', value: '1' }],
    });
  });

  it('are counted under a bounded number of names, of which the log gets none that may be somebody', () => {
    const counter = new UnknownFieldCounter({ maxNames: 3, maxNameLength: 10 });
    counter.add(['religion', 'religion', 'Nguyễn Văn Mẫu', 'a\u0000b', 'x', 'y', '001080000001']);
    expect([...counter.counts]).toEqual([
      ['religion', 2],
      ['Nguyễn Văn…', 1],
      ['a?b', 1],
      ['(other)', 3],
    ]);
    expect(counter.publicCounts()).toEqual({ religion: 2, '(other)': 5 });
  });
});

describe('the length of a text', () => {
  it('is counted in characters, whatever their code', () => {
    expect(resident({ otherNames: '𠀀'.repeat(2000) })).toMatchObject({ ok: true });
    expect(reasonsOf(resident({ otherNames: '𠀀'.repeat(2001) }))).toEqual(['otherNames too-long']);
  });
});

describe('what is stored', () => {
  it('is canonical JSON as it stands', () => {
    for (const definition of DEFINITIONS) {
      const result = normaliseRecord(definition, definition.example, NOW);
      if (!result.ok) throw new Error(definition.record);
      expect(JSON.stringify(result.content)).toBe(canonicalJson(result.content));
      expect(result.json).toBe(canonicalJson(result.content));
    }
  });

  it('is the same when it is taken in once more', () => {
    for (const definition of DEFINITIONS) {
      const first = normaliseRecord(definition, definition.example, NOW);
      expect(normaliseRecord(definition, first.ok ? first.content : {}, NOW)).toEqual(first);
    }
  });
});

describe('any row', () => {
  it('is either a record or rejected with reasons that repeat none of its texts', () => {
    const value = fc.oneof(
      fc.string({ minLength: 6, maxLength: 20 }),
      fc.jsonValue({ maxDepth: 3 }),
      fc.constant('__proto__'),
    );
    const names = Object.keys(definitionOf('resident').fields);
    const row = fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), value, { maxKeys: 12 });
    fc.assert(
      fc.property(row, (raw) => {
        const result = normalise('resident', raw);
        if (result.ok) return;
        expect(result.reasons.length).toBeGreaterThan(0);
        const told = result.reasons.map(describeReason).join(' ');
        for (const text of Object.values(raw)) {
          if (typeof text === 'string' && text.length > 5 && /[0-9]/.test(text)) expect(told).not.toContain(text);
        }
      }),
      { numRuns: 300 },
    );
  });
});
