import { describe, expect, it } from '@jest/globals';
import { candidateKeysOf, scoreCandidate } from './index.ts';
import { person, resident } from './testing/samples.ts';

const { documentNumber: _, ...anonymous } = person();
const score = (changes: object = {}, of: object = {}) =>
  scoreCandidate({ ...anonymous, ...changes }, resident(of)).score;

describe('score of a candidate', () => {
  it('is near 1 when name, date and gender agree, and near 0 when none does', () => {
    expect(score()).toBeGreaterThan(0.95);
    expect(score({ fullName: 'Lê Hoa', dateOfBirth: '1971-02-03', gender: 'FEMALE' })).toBe(0);
  });

  it('agreement on Nguyễn is weak evidence', () => {
    const common = { fullName: 'Nguyễn Hoà An', dateOfBirth: '1980' };
    const rare = { fullName: 'Khuất Hoà An', dateOfBirth: '1980' };
    expect(score(rare, rare)).toBeGreaterThan(score(common, common) + 0.2);
  });

  it('is the lower, the less the values agree', () => {
    const nguyen = (name: string) => ({ fullName: name, dateOfBirth: '1980-05-12' });
    const scores = [
      nguyen('Nguyễn Hoà An'),
      nguyen('Nguyễn Hoa An'),
      { ...nguyen('Nguyễn Hoa An'), dateOfBirth: '1980-12-05' },
      { ...nguyen('Nguyễn Hoa An'), dateOfBirth: '1980' },
      { ...nguyen('Nguyễn Hoa An'), dateOfBirth: '1981-05-12' },
    ].map((changes) => score(changes, nguyen('Nguyễn Hoà An')));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(new Set(scores).size).toBe(scores.length);
  });

  it('rises with a number that is one digit off', () => {
    const partial = { dateOfBirth: '1980' };
    expect(score({ ...partial, documentNumber: '001080012354' })).toBeGreaterThan(score(partial));
    expect(score({ ...partial, documentNumber: '001080012344' })).toBeGreaterThan(0.95);
    expect(score({ ...partial, documentNumber: '79 123 456' })).toBe(score(partial));
  });

  it('says what speaks for and against, without values', () => {
    const { for: pro, against } = scoreCandidate(
      { ...anonymous, fullName: 'Đặng Hoa An', gender: 'FEMALE' },
      resident(),
    );
    expect(pro).toEqual(['fullName SIMILAR DIACRITICS', 'dateOfBirth EQUAL']);
    expect(against).toEqual(['gender DIFFERENT']);
  });

  it('is for nobody in particular when nothing is known', () => {
    expect(scoreCandidate({}, resident())).toEqual({ score: 0, for: [], against: [] });
  });
});

describe('keys of candidates', () => {
  it('are shared across marks, case, a wrong day and a wrong surname', () => {
    const keys = candidateKeysOf(resident());
    const meets = (changes: object) => candidateKeysOf({ ...anonymous, ...changes }).some((key) => keys.includes(key));
    expect(meets({ fullName: 'DANG HOA AN', dateOfBirth: '1980' })).toBe(true);
    expect(meets({ dateOfBirth: '1980-07-15' })).toBe(true);
    expect(meets({ fullName: 'Đăng Hòa An' })).toBe(true);
    expect(meets({ fullName: 'Bùi Thanh Ân' })).toBe(true);
    expect(meets({ fullName: 'Bùi Thanh Mai' })).toBe(false);
  });

  it('are few, and none without a name and a date', () => {
    expect(candidateKeysOf(anonymous)).toHaveLength(2);
    expect(candidateKeysOf({ fullName: 'Lê Hoa' })).toEqual([]);
    expect(candidateKeysOf({ dateOfBirth: '1980' })).toEqual([]);
  });
});
