import { beforeAll, describe, expect, it } from '@jest/globals';
import type { PersonRef, Resident } from '#contracts/records';
import { CODES } from '#contracts/verdicts';
import type { VerdictTruth } from './items.ts';
import { generateProvince } from './province.ts';
import { indexProvince, type ProvinceIndex } from './testing/province-index.ts';
import { loadWardsCsv } from '#contracts/rules';

/** Compares records in the plainest way, without any idea of what was planted. */
describe('The truth of a province', () => {
  let province: ProvinceIndex;
  let lines: Map<VerdictTruth['check'], VerdictTruth[]>;
  beforeAll(() => {
    province = indexProvince(generateProvince({ residents: 4000, seed: 11, wardsCsv: loadWardsCsv() }));
    lines = Map.groupBy(province.truth, ({ check }) => check);
  });
  const linesOf = (check: VerdictTruth['check']): VerdictTruth[] => lines.get(check) ?? [];

  /** What a record says of the person that a line is about, as names of findings with values. */
  const said = ({
    check,
    recordKey,
    part,
  }: VerdictTruth): { ref: PersonRef; values: Record<string, string | undefined> } => {
    switch (check) {
      case 'legal-representative': {
        const ref = province.enterprises.get(recordKey)?.representatives[part] ?? {};
        return { ref, values: person(ref) };
      }
      case 'taxpayer-identity': {
        const { name, representative: ref = {}, taxCode } = province.taxpayers.get(recordKey) ?? {};
        const documentNumber = ref.documentNumber ?? (taxCode?.length === 12 ? taxCode : undefined);
        const fullName = ref.fullName ?? name;
        return {
          ref: documentNumber === undefined ? ref : { ...ref, documentNumber },
          values: { ...person(ref), fullName },
        };
      }
      case 'birth': {
        const { child: ref = {}, mother, father } = province.births.get(recordKey) ?? {};
        const parents = { 'mother.fullName': mother?.fullName, 'father.fullName': father?.fullName };
        return { ref, values: { ...person(ref), ...parents } };
      }
      case 'death': {
        const { deceased: ref = {}, diedOn } = province.deaths.get(recordKey) ?? {};
        const { fullName, dateOfBirth } = ref;
        return { ref, values: { fullName, dateOfBirth, status: 'DECEASED', diedOn } };
      }
      default: {
        const { husband = {}, wife = {} } = province.marriages.get(recordKey) ?? {};
        const [ref, spouse] = part === 0 ? [husband, wife] : [wife, husband];
        const { fullName, dateOfBirth } = ref;
        return { ref, values: { fullName, dateOfBirth, 'spouse.fullName': spouse.fullName } };
      }
    }
  };
  const person = ({ fullName, dateOfBirth, gender }: PersonRef): Record<string, string | undefined> => ({
    fullName,
    dateOfBirth,
    gender: gender === 'UNKNOWN' ? undefined : gender,
  });
  const known = (resident: Resident): Record<string, string | undefined> => ({
    ...person(resident),
    'mother.fullName': resident.mother?.fullName,
    'father.fullName': resident.father?.fullName,
    'spouse.fullName': resident.spouse?.fullName,
    status: resident.status,
    diedOn: resident.diedOn,
  });
  const PEOPLE = ['legal-representative', 'taxpayer-identity', 'birth', 'death', 'marriage'] as const;

  const contradicts = (id: string | undefined, { dateOfBirth, gender }: PersonRef): boolean => {
    if (id === undefined || !/^\d{12}$/.test(id)) return false;
    const century = 19 + Math.floor(Number(id[3]) / 2);
    const year = `${century}${id.slice(4, 6)}`;
    const idGender = Number(id[3]) % 2 === 0 ? 'MALE' : 'FEMALE';
    if (dateOfBirth !== undefined && dateOfBirth.slice(0, 4) !== year) return true;
    return (gender === 'MALE' || gender === 'FEMALE') && gender !== idGender;
  };
  const digits = (number: string | undefined): string | undefined => number?.replace(/[ .-]/g, '');

  it.each(PEOPLE)('names every field that differs and no other: %s', (check) => {
    expect(linesOf(check).length).toBeGreaterThan(100);
    for (const line of linesOf(check)) {
      if (line.counterpart === null) continue;
      const resident = province.residents.get(line.counterpart.recordKey);
      if (resident === undefined) throw new Error('A counterpart that is not there');
      const right = known(resident);
      const differing = Object.entries(said(line).values).filter(([field, value]) => value !== right[field]);
      const fields = line.fields.filter(({ field }) => field !== 'maritalStatus').map(({ field }) => field);
      expect({ line, fields }).toEqual({ line, fields: differing.map(([field]) => field) });
      for (const { field, verdict } of line.fields) {
        if (field === 'maritalStatus') continue;
        expect(verdict === 'MISSING_RIGHT').toBe(right[field] === undefined);
        expect(verdict === 'MISSING_LEFT').toBe(said(line).values[field] === undefined);
      }
    }
  });

  it.each(PEOPLE)('finds the counterpart by the number that the record states: %s', (check) => {
    const byNumber = new Map<string, string[]>();
    for (const { personalId, formerIds = [], withdrawn } of province.residents.values()) {
      if (withdrawn === true) continue;
      for (const number of [personalId, ...formerIds.map(({ value }) => value)]) {
        byNumber.set(number, [...(byNumber.get(number) ?? []), personalId]);
      }
    }
    for (const line of linesOf(check)) {
      const { ref } = said(line);
      const number = digits(ref.documentNumber);
      const found = number === undefined ? [] : (byNumber.get(number) ?? []);
      const foreign = ref.documentType === 'PASSPORT' || !['Việt Nam', undefined].includes(ref.nationality);
      const invalid = line.codes.includes('INVALID_ID');
      const expected = foreign || invalid || found.length !== 1 ? null : found[0];
      expect({ line, found: line.counterpart?.recordKey ?? null }).toEqual({ line, found: expected });
      expect({ line, foreign: line.outcome === 'NOT_APPLICABLE' }).toEqual({ line, foreign });
      if (foreign) continue;
      expect({ line, missing: line.codes.includes('NO_ID') }).toEqual({ line, missing: number === undefined });
      const several = found.length > 1;
      expect({ line, several: line.codes.includes('DUPLICATE_SUSPECT') }).toEqual({ line, several });
      const old = expected !== null && number?.length === 12 && number !== expected;
      expect({ line, old: line.codes.includes('ID_SUPERSEDED') }).toEqual({ line, old });
      const short = expected !== null && number?.length === 9;
      expect({ line, short: line.codes.includes('CMND9_ONLY') }).toEqual({ line, short });
    }
  });

  it.each(PEOPLE)('says CROSS_FIELD where an ID contradicts its record, and nowhere else: %s', (check) => {
    for (const line of linesOf(check)) {
      if (line.outcome === 'NOT_APPLICABLE') continue;
      const { ref } = said(line);
      const resident = province.residents.get(line.counterpart?.recordKey ?? '');
      const number = digits(ref.documentNumber);
      const codesDiffer = check === 'taxpayer-identity' && line.recordKey.length === 12 && line.recordKey !== number;
      const crossed =
        contradicts(number, ref) ||
        (resident !== undefined && contradicts(resident.personalId, resident)) ||
        (codesDiffer && number?.length === 12);
      expect({ line, crossed: line.codes.includes('CROSS_FIELD') }).toEqual({ line, crossed });
    }
  });

  it('says DECEASED of the dead who stand for a living business, and of nobody else', () => {
    for (const line of [...linesOf('legal-representative'), ...linesOf('taxpayer-identity')]) {
      if (line.counterpart === null) continue;
      const dead = province.residents.get(line.counterpart.recordKey)?.status === 'DECEASED';
      const status = province.enterprises.get(line.recordKey)?.status ?? '';
      const closed =
        line.check === 'legal-representative'
          ? ['DISSOLVED', 'BANKRUPT'].includes(status)
          : province.taxpayers.get(line.recordKey)?.status === '01';
      expect({ line, dead: line.codes.includes('DECEASED') }).toEqual({ line, dead: dead && !closed });
    }
  });

  it('is mismatched exactly where there is a code, and has FIELD_MISMATCH exactly where a field other than a status differs', () => {
    for (const line of province.truth) {
      expect({ line, mismatched: line.outcome === 'MISMATCHED' }).toEqual({ line, mismatched: line.codes.length > 0 });
      if (line.check === 'duplicate') continue;
      const differs = line.fields.some(
        ({ field, verdict }) => !/status/i.test(field) && (verdict === 'SIMILAR' || verdict === 'DIFFERENT'),
      );
      expect({ line, differs: line.codes.includes('FIELD_MISMATCH') }).toEqual({ line, differs });
    }
  });

  it('lists codes in the order of their table', () => {
    for (const { codes } of province.truth) expect(codes).toEqual(CODES.filter((code) => codes.includes(code)));
  });

  it('knows every pair of residents who look like one person', () => {
    const active = [...province.residents.values()].filter(
      ({ status, withdrawn }) => status === 'ALIVE' && withdrawn !== true,
    );
    const pairs = new Set<string>();
    const addPairs = (ids: readonly string[]): void => {
      for (const one of ids) for (const two of ids) if (one < two) pairs.add(`${one} ${two}`);
    };
    const alike = Map.groupBy(active, ({ fullName, dateOfBirth, gender, mother, father }) =>
      [fullName, dateOfBirth, gender, mother?.fullName, father?.fullName].join('|').toLowerCase(),
    );
    for (const group of alike.values()) {
      const full = group.filter(({ dateOfBirth, mother, father }) => dateOfBirth.length === 10 && mother && father);
      addPairs(full.map(({ personalId }) => personalId));
    }
    const holders = new Map<string, string[]>();
    for (const { personalId, formerIds = [] } of active) {
      for (const { type, value } of formerIds) {
        if (type === 'CMND9') holders.set(value, [...(holders.get(value) ?? []), personalId]);
      }
    }
    for (const ids of holders.values()) if (ids.length <= 20) addPairs(ids);
    expect([...holders.values()].some((ids) => ids.length > 20)).toBe(true);
    const told = linesOf('duplicate').map(
      ({ recordKey, counterpart }) => `${recordKey} ${counterpart?.recordKey ?? ''}`,
    );
    expect(told.sort()).toEqual([...pairs].sort());
  });

  it('has a line for every check that is due', () => {
    const { enterprises, taxpayers, births, deaths, marriages } = province;
    const standing = <T extends { withdrawn?: boolean }>(records: ReadonlyMap<string, T>): T[] =>
      [...records.values()].filter(({ withdrawn }) => withdrawn !== true);
    const representatives = standing(enterprises).reduce((sum, { representatives: { length } }) => sum + length, 0);
    expect(linesOf('legal-representative')).toHaveLength(representatives);
    expect(linesOf('birth')).toHaveLength(births.size);
    expect(linesOf('death')).toHaveLength(deaths.size);
    expect(linesOf('marriage')).toHaveLength(2 * marriages.size);
    const people = standing(taxpayers).filter(({ kind }) => kind === 'INDIVIDUAL' || kind === 'HOUSEHOLD_BUSINESS');
    expect(linesOf('taxpayer-identity')).toHaveLength(people.length);
    const registered = new Set(standing(enterprises).map(({ enterpriseCode }) => enterpriseCode));
    const alone = standing(taxpayers).filter(
      ({ kind, enterpriseCode }) =>
        (kind === 'ORGANISATION' || kind === 'DEPENDENT_UNIT') && !registered.has(enterpriseCode ?? ''),
    );
    expect(linesOf('tax-registration')).toHaveLength(registered.size + alone.length);
  });

  it('compares enterprises and taxpayers', () => {
    for (const line of linesOf('tax-registration')) {
      const enterprise = province.enterprises.get(line.recordKey);
      if (enterprise === undefined || line.registry !== 'enterprise-registry') continue;
      const code = (enterprise.taxCode ?? enterprise.enterpriseCode).replace(/^(\d{10})(\d{3})$/, '$1-$2');
      const taxpayer = province.taxpayers.get(code);
      const found = taxpayer === undefined || taxpayer.withdrawn === true ? null : code;
      expect({ line, found: line.counterpart?.recordKey ?? null }).toEqual({ line, found });
      if (taxpayer === undefined || found === null) continue;
      const place = ({ wardCode, provinceCode }: { wardCode?: string; provinceCode?: string } = {}) =>
        wardCode ?? provinceCode;
      const fields = line.fields.filter(({ field }) => field !== 'status').map(({ field }) => field);
      const differing = [
        ...(enterprise.name === taxpayer.name ? [] : ['name']),
        ...(place(enterprise.headOffice) === place(taxpayer.address) ? [] : ['address']),
      ];
      expect({ line, fields }).toEqual({ line, fields: differing });
    }
  });
});
