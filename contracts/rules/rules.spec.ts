import { describe, expect, it } from '@jest/globals';
import { CHECKS } from '#contracts/verdicts';
import { loadRules, loadWardsCsv, parseRules, rulesHash, rulesOfCheck } from './index.ts';

describe('rules of 2026-11-01', () => {
  const rules = loadRules('2026-11-01');

  it('are the current ones', () => {
    expect(loadRules()).toEqual(rules);
    expect(rules.version).toBe('2026-11-01');
  });

  it.each([
    ['legal-representative', ['fullName', 'dateOfBirth', 'gender']],
    ['tax-registration', ['name', 'status', 'address']],
    ['taxpayer-identity', ['fullName', 'dateOfBirth', 'gender']],
    ['birth', ['fullName', 'dateOfBirth', 'gender', 'mother.fullName', 'father.fullName']],
    ['death', ['fullName', 'dateOfBirth', 'status', 'diedOn']],
    ['marriage', ['fullName', 'dateOfBirth', 'maritalStatus', 'spouse.fullName']],
    ['duplicate', []],
  ] as const)('material fields of %s', (check, fields) => {
    expect(
      rulesOfCheck(rules, check)
        .fields.filter((rule) => rule.material)
        .map((rule) => rule.field),
    ).toEqual(fields);
  });
});

describe('reading rules', () => {
  it('refuses a version that does not exist, or is none', () => {
    expect(() => loadRules('1999-01-01')).toThrow('no rules of version 1999-01-01');
    expect(() => loadRules('../secret')).toThrow('is no version of rules');
  });

  it('names every place that does not fit the schema', () => {
    const bad = structuredClone<{ version: string; checks: object }>(loadRules());
    bad.version = 'new';
    expect(() => parseRules(JSON.stringify({ ...bad, extra: 1 }))).toThrow(/\/version/);
    expect(() => parseRules('{}')).toThrow(/schema/);
  });
});

it('a version that is older than a check compares nothing in it, and asks the registry whose records it starts from', () => {
  const { birth: _, ...checks } = loadRules().checks;
  const older = parseRules(JSON.stringify({ ...loadRules(), checks }));
  expect(rulesOfCheck(older, 'birth')).toEqual({ fields: [], authority: 'civil-status' });
  expect(rulesOfCheck(older, 'death')).toEqual(loadRules().checks.death);
});

describe('hash of the rules', () => {
  const rules = loadRules();
  const hash = rulesHash(rules, 'wards');

  it('covers the rules and the ward table', () => {
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(rulesHash({ ...rules, maxCmnd9Holders: 21 }, 'wards')).not.toBe(hash);
    expect(rulesHash(rules, 'other wards')).not.toBe(hash);
  });

  it('does not depend on the order of keys', () => {
    const reversed = Object.fromEntries(Object.entries(rules).reverse());
    expect(rulesHash(parseRules(JSON.stringify(reversed)), 'wards')).toBe(hash);
  });

  it('every check has its rules', () => {
    expect(Object.keys(rules.checks)).toEqual([...CHECKS]);
  });
});

it('the table of wards comes with the rules', () => {
  const [header, ...rows] = loadWardsCsv().trimEnd().split('\n');
  expect(header?.trim()).toBe(
    'old_ward_code,old_ward_name,old_district_name,old_province_code,new_ward_code,new_ward_name,new_province_code',
  );
  expect(rows).toHaveLength(10_602);
});
