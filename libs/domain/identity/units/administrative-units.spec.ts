import { describe, expect, it } from '@jest/globals';
import { loadWardsCsv } from '#contracts/rules';
import { PROVINCES_2025 } from '#contracts/rules/data';
import { createAdministrativeUnits } from '../index.ts';

const csv = loadWardsCsv();
const units = createAdministrativeUnits(csv);
const rows = csv
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','));

describe('a ward', () => {
  it('of before July 2025 is the one that it went into', () => {
    expect(units.currentWard('00013')).toBe('00004');
    expect(units.sameWard('00013', '00004')).toBe(true);
    expect(units.sameWard('00004', '00013')).toBe(true);
    expect(units.wardName('00004')).toBe('Phường Ba Đình');
  });

  it('that was split matches each of its parts and is none of them', () => {
    const parts = new Map<string, Set<string>>();
    for (const [old = '', , , , now = ''] of rows)
      if (old !== '') parts.set(old, (parts.get(old) ?? new Set()).add(now));
    const split = [...parts].filter(([, successors]) => successors.size > 1);
    expect(split.length).toBeGreaterThan(470);
    for (const [old, successors] of split) {
      expect(units.currentWard(old)).toBeNull();
      expect(new Set(units.newWardsOf(old))).toEqual(successors);
      for (const successor of successors) expect(units.sameWard(old, successor)).toBe(true);
    }
  });

  it('whose code was used again is tried in both readings', () => {
    // 00004 was Phường Trúc Bạch and is Phường Ba Đình
    expect(units.sameWard('00004', '00004')).toBe(true);
    expect(units.newWardsOf('00004')).toEqual(['00004']);
    expect(units.sameWard('00004', '00016')).toBe(true);
  });

  it('is not another old ward of the same new one', () => {
    expect(units.sameWard('00013', '00016')).toBe(false);
    expect(units.sameWard('00013', '32248')).toBe(false);
  });

  it('may be unknown', () => {
    expect(units.newWardsOf('99999')).toEqual([]);
    expect(units.currentWard('99999')).toBeNull();
    expect(units.provinceOfWard('99999')).toBeNull();
    expect(units.wardName('00013')).toBeNull();
    expect(units.sameWard('99999', '99999')).toBe(true);
    expect(units.sameWard('99999', '00004')).toBe(false);
    expect(units.newWardsOf('constructor')).toEqual([]);
  });

  it('may have lost the zeros of its code', () => {
    expect(units.newWardsOf('13')).toEqual(['00004']);
    expect(units.sameWard('4', '00013')).toBe(true);
  });

  it('lies in a province of today, wherever it lay', () => {
    for (const [old = '', , , , now = '', , province] of rows) {
      expect(units.provinceOfWard(now)).toBe(province);
      if (old !== '') expect(units.provinceOfWard(old)).toBe(province);
    }
  });

  it('without an old code is an island that is known by its new one', () => {
    expect(units.currentWard('26732')).toBe('26732');
    expect(units.wardName('26732')).toBe('Đặc khu Côn Đảo');
  });
});

describe('a province', () => {
  it('of the 63 is the one of the 34 that the table of wards says', () => {
    const merged = new Set(rows.map(([, , , old = '', , , now = '']) => `${old}-${now}`));
    const listed = PROVINCES_2025.flatMap(({ code, from }) => Object.keys(from).map((old) => `${old}-${code}`));
    expect(listed).toHaveLength(63);
    expect(PROVINCES_2025).toHaveLength(34);
    expect(new Set(listed)).toEqual(merged);
  });

  it.each(
    PROVINCES_2025.flatMap(({ code, from }) => Object.entries(from).map(([old, name]) => [old, name, code] as const)),
  )('%s %s is %s by code and by name', (old, name, code) => {
    expect(units.sameProvince(old, code)).toBe(true);
    expect(units.newProvincesOf(old)).toContain(code);
    expect(units.newProvincesByName(name)).toContain(code);
  });

  it('whose code was used again is tried in both readings', () => {
    expect(units.sameProvince('15', '10')).toBe(true); // Lào Cai, whose code was Yên Bái's
    expect(units.sameProvince('24', '27')).toBe(true); // Bắc Ninh, whose code was Bắc Giang's
    expect(units.newProvincesOf('52')).toEqual(['52']);
  });

  it('is not another one, nor another one that went into the same', () => {
    expect(units.sameProvince('01', '79')).toBe(false);
    expect(units.sameProvince('17', '26')).toBe(false);
  });

  it.each([
    ['Tỉnh Hoà Bình', '25'],
    ['TP. Hồ Chí Minh', '79'],
    ['thành phố  hồ chí minh', '79'],
    ['TP HCM', '79'],
    ['TP.HCM', '79'],
    ['Bà Rịa – Vũng Tàu', '79'],
    ['Bà Rịa Vũng Tàu', '79'],
    ['Tỉnh Thừa Thiên Huế', '46'],
    ['Thanh Hoá', '38'],
    ['Thanh Hóa', '38'],
    ['Đăk Lăk', '66'],
  ])('is known by the name %s', (name, code) => {
    expect(units.newProvincesByName(name)).toEqual([code]);
  });

  it('has a name with its kind', () => {
    expect(units.provinceName('79')).toBe('Thành phố Hồ Chí Minh');
    expect(units.provinceName('15')).toBe('Tỉnh Lào Cai');
    expect(units.provinceName('10')).toBeNull();
    expect(units.newProvincesByName('Đâu Đó')).toEqual([]);
  });
});

describe('a ward by its name', () => {
  it.each([
    ['Phường Ba Đình', { name: 'Hà Nội' }, ['00004']],
    ['P. Ba Đình', { name: 'TP Hà Nội' }, ['00004']],
    ['ba đình', { code: '01' }, ['00004']],
    ['Phường Trúc Bạch', { code: '01' }, ['00004']],
    ['Xã Ba Đình', { code: '79' }, []],
    ['Đặc khu Côn Đảo', { name: 'Bà Rịa - Vũng Tàu' }, ['26732']],
  ])('%s in %j', (name, province, wards) => {
    expect(units.newWardsByName(name, province)).toEqual(wards);
  });

  it('is every ward of that name when no province is said', () => {
    expect(units.newWardsByName('Tân Lập').length).toBeGreaterThan(1);
  });

  it('writes numbers with or without a zero', () => {
    expect(units.newWardsByName('Phường 01', { code: '79' })).toEqual(units.newWardsByName('P.1', { code: '79' }));
    expect(units.newWardsByName('P.1', { code: '79' })).not.toHaveLength(0);
  });
});

describe('the table', () => {
  it('has a version that its content decides', () => {
    expect(units.version).toMatch(/^wards-2025-[0-9a-f]{8}$/);
    expect(createAdministrativeUnits(csv).version).toBe(units.version);
    expect(createAdministrativeUnits(csv.split('\n').slice(0, 100).join('\n')).version).not.toBe(units.version);
  });

  it('is read with any line ends and a byte order mark', () => {
    const windows = createAdministrativeUnits(`\ufeff${csv.replaceAll('\n', '\r\n')}`);
    expect(windows.provinceOfWard('00013')).toBe('01');
  });

  it.each(['', 'a,b\n1,2', `${csv.slice(0, 500)}\nx,y`])('is refused when malformed', (text) => {
    expect(() => createAdministrativeUnits(text)).toThrow(expect.objectContaining({ code: 'WARDS_MALFORMED' }));
  });
});
