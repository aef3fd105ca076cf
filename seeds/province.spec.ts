import { beforeAll, describe, expect, it } from '@jest/globals';
import { stdnum } from 'stdnum';
import { Compile } from 'typebox/compile';
import { Birth, Death, Enterprise, Marriage, Resident, Taxpayer } from '#contracts/records';
import { generateProvince } from './province.ts';
import { indexProvince, keyOf, type ProvinceIndex } from './testing/province-index.ts';
import { loadWardsCsv } from '#contracts/rules';
import { VARIATIONS, type VariationName } from './variations/index.ts';

const generate = (residents: number, seed: number, rates?: Partial<Record<VariationName, number>>) =>
  generateProvince({ residents, seed, wardsCsv: loadWardsCsv(), ...(rates === undefined ? {} : { rates }) });

describe('A province of 20,000 residents', () => {
  let province: ProvinceIndex;
  beforeAll(() => {
    province = indexProvince(generate(20_000, 7));
  });

  it('has about three quarters as many other records as residents', () => {
    expect(province.residents.size).toBe(20_000);
    const others = province.records.length - 20_000;
    expect(others).toBeGreaterThan(14_000);
    expect(others).toBeLessThan(16_000);
  });

  it('has every variation', () => {
    const planted = new Set(province.records.flatMap((record) => record.planted));
    expect(VARIATIONS.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
  });

  it('names no variation in its truth that was not planted in a record', () => {
    const planted = new Set(province.records.flatMap((record) => record.planted));
    expect(province.truth.flatMap(({ variations }) => variations).filter((name) => !planted.has(name))).toEqual([]);
  });

  it('follows the intake contract', () => {
    const validators = {
      resident: Compile(Resident),
      enterprise: Compile(Enterprise),
      taxpayer: Compile(Taxpayer),
      birth: Compile(Birth),
      death: Compile(Death),
      marriage: Compile(Marriage),
    };
    const broken = province.records.filter(({ record, content }) => !validators[record].Check(content));
    expect(broken.slice(0, 3)).toEqual([]);
  });

  it('has each key once per record type', () => {
    const keys = province.records.map((record) => `${record.record} ${keyOf(record)}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('has valid keys everywhere', () => {
    for (const code of [...province.enterprises.keys(), ...province.taxpayers.keys()]) {
      const tax = code.replace(/[.]\d{5}$/, '');
      expect({ code, valid: /^\d{12}$/.test(tax) || stdnum.VN?.['mst']?.validate(tax).isValid === true }).toEqual({
        code,
        valid: true,
      });
    }
    for (const id of province.residents.keys()) expect(id).toMatch(/^0\d{11}$/);
  });

  it('gives each line of truth once, about records that are there', () => {
    const keys = province.truth.map(({ check, registry, recordKey, part, counterpart }) =>
      [check, registry, recordKey, part, check === 'duplicate' ? counterpart?.recordKey : ''].join(' '),
    );
    expect(new Set(keys).size).toBe(keys.length);
    const known = new Set(province.records.map((record) => `${record.registry} ${keyOf(record)}`));
    const lost = province.truth.flatMap(({ registry, recordKey, counterpart }) =>
      [{ registry, recordKey }, ...(counterpart === null ? [] : [counterpart])]
        .map((reference) => `${reference.registry} ${reference.recordKey}`)
        .filter((key) => !known.has(key)),
    );
    expect(lost).toEqual([]);
  });

  it('has dated and undated records, none of them later than 2025', () => {
    const dates = province.records.map(({ content }) => content.updatedAt);
    expect(dates.filter((date) => date === undefined).length).toBeGreaterThan(500);
    expect(dates.every((date) => date === undefined || date < '2026')).toBe(true);
  });

  it('calls about two in five people Nguyễn', () => {
    const share = [...province.residents.values()].filter(({ fullName }) => /^nguyễn /i.test(fullName)).length / 20_000;
    expect(share).toBeGreaterThan(0.35);
    expect(share).toBeLessThan(0.42);
  });

  it('uses old and new ward codes', () => {
    const codes = new Set(
      [...province.residents.values()].map(({ permanentAddress }) => permanentAddress?.provinceCode),
    );
    expect(codes.size).toBeGreaterThan(1);
  });
});

describe('A seed', () => {
  const text = (seed: number): string => [...generate(1500, seed)].map((item) => JSON.stringify(item)).join('\n');

  it('gives the same province each time', () => {
    expect(text(7)).toBe(text(7));
  });

  it('gives another province than its neighbour, and than one that is 2^32 higher', () => {
    expect(text(8)).not.toBe(text(7));
    expect(text(7 + 2 ** 32)).not.toBe(text(7));
  });
});

describe('Options', () => {
  it('make provinces of any size', () => {
    for (const residents of [1, 2, 3, 10, 57, 499, 500, 501]) {
      const { residents: people } = indexProvince(generate(residents, 3));
      expect(people.size).toBe(residents);
    }
  });

  it('leave variations out', () => {
    const none = Object.fromEntries(VARIATIONS.map(({ name }) => [name, 0]));
    const { truth, records } = indexProvince(generate(3000, 7, none));
    expect(records.flatMap(({ planted }) => planted)).toEqual([]);
    expect(truth.filter(({ outcome, fields }) => outcome !== 'MATCHED' || fields.length > 0)).toEqual([]);
  });

  it('change how often a variation is planted', () => {
    const { records } = indexProvince(generate(3000, 7, { 'name-typo': 0.2 }));
    const typos = records.filter(({ planted }) => planted.includes('name-typo')).length;
    expect(typos).toBeGreaterThan(200);
  });

  it('are refused when they make no sense', () => {
    const refused = { code: 'SEED_OPTIONS_INVALID' };
    expect(() => [...generate(0, 7)]).toThrow(expect.objectContaining(refused));
    expect(() => [...generate(1_000_001, 7)]).toThrow(expect.objectContaining(refused));
    expect(() => [...generate(10, 0.5)]).toThrow(expect.objectContaining(refused));
    expect(() => [...generate(10, 7, { twins: 2 })]).toThrow(expect.objectContaining(refused));
  });
});
