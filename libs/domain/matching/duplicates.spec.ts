import { describe, expect, it } from '@jest/globals';
import type { Resident } from '#contracts/records';
import { duplicateKeysOf, judge, judgeDuplicate } from './index.ts';
import { resident, rules, units } from './testing/samples.ts';

const OTHER = '001080099999';
const pair = (changes: Partial<Resident>, first: Partial<Resident> = {}) =>
  judgeDuplicate(resident(first), resident({ personalId: OTHER, ...changes }), rules, units);
const suspected = { outcome: 'MISMATCHED', codes: ['DUPLICATE_SUSPECT'] };
const cmnd9 = (value: string) => ({ formerIds: [{ type: 'CMND9' as const, value }] });

describe('DUPLICATE_SUSPECT of the duplicate check', () => {
  it('two active residents with equal name, date of birth, gender and parents', () => {
    expect(pair({})).toMatchObject({ ...suspected, findings: [] });
  });

  it('also with equivalent names, of the parents too', () => {
    expect(
      pair({ fullName: 'ĐẶNG HÒA AN', mother: { fullName: 'Lý Thị Thủy' }, father: { fullName: 'Đặng  Văn Hùng' } }),
    ).toMatchObject({
      ...suspected,
      findings: [
        { field: 'fullName', verdict: 'EQUIVALENT', why: 'TONE_PLACEMENT' },
        { field: 'mother.fullName', verdict: 'EQUIVALENT', why: 'TONE_PLACEMENT' },
        { field: 'father.fullName', verdict: 'EQUIVALENT', why: 'SPACING' },
      ],
    });
  });

  it('two that hold the same CMND9, whatever their names', () => {
    expect(pair({ fullName: 'Lê Hoa', ...cmnd9('012 345 678') }, cmnd9('012345678'))).toMatchObject({
      ...suspected,
      findings: [{ field: 'fullName', verdict: 'DIFFERENT' }],
    });
  });

  it.each([
    ['twins: another given name', { fullName: 'Đặng Hoà Anh' }],
    ['a name that is only similar', { fullName: 'Đặng Hoa An' }],
    ['namesakes: another mother', { mother: { fullName: 'Hồ Thị Lan' } }],
    ['namesakes: another father', { father: { fullName: 'Đặng Văn Sơn' } }],
    ['namesakes: a parent without a name', { father: {} }],
    ['another date of birth', { dateOfBirth: '1980-05-18' }],
    ['another gender', { gender: 'FEMALE' }],
    ['someone who is dead', { status: 'DECEASED' }],
    ['someone missing', { status: 'MISSING' }],
    ['a withdrawn record', { withdrawn: true }],
    ['another name with a CMND9', { fullName: 'Lê Hoa', ...cmnd9('012345678') }],
  ] as const)('not %s', (_, changes) => {
    expect(pair(changes as Partial<Resident>)).toBeNull();
  });

  it('not with parents unknown or a partial date on both sides', () => {
    const { mother: _, ...motherless } = resident();
    expect(judgeDuplicate(motherless, { ...motherless, personalId: OTHER }, rules, units)).toBeNull();
    expect(pair({ dateOfBirth: '1980-05' }, { dateOfBirth: '1980-05' })).toBeNull();
  });

  it('not one who is dead by a shared CMND9', () => {
    expect(pair({ status: 'DECEASED', ...cmnd9('012345678') }, cmnd9('012345678'))).toBeNull();
  });
});

describe('blocking keys', () => {
  it('are shared by every pair of suspects', () => {
    const left = duplicateKeysOf(resident());
    expect(left).toHaveLength(1);
    expect(duplicateKeysOf(resident({ fullName: 'ĐẶNG HÒA AN' }))).toEqual(left);
  });

  it('name each CMND9 once', () => {
    const formerIds = [cmnd9('012345678'), cmnd9('012 345 678'), cmnd9('mất')].flatMap((one) => one.formerIds);
    const { father: _, ...fatherless } = resident({ formerIds });
    expect(duplicateKeysOf(fatherless)).toEqual(['cmnd9:012345678']);
  });

  it('there are none for who is not active', () => {
    expect(duplicateKeysOf(resident({ status: 'DECEASED', ...cmnd9('012345678') }))).toEqual([]);
    expect(duplicateKeysOf(resident({ withdrawn: true }))).toEqual([]);
  });
});

describe('the duplicate check through judge', () => {
  const part = { index: 0, identity: '', person: null };
  const input = { check: 'duplicate', record: 'resident', left: resident(), part, rules, units } as const;

  it('says what the pair says', () => {
    const right = resident({ personalId: OTHER });
    expect(judge({ ...input, right, found: { kind: 'found', by: 'CMND9' } })).toMatchObject(suspected);
  });

  it('clears a pair without suspicion', () => {
    const right = resident({ personalId: OTHER, fullName: 'Lê Hoa' });
    expect(judge({ ...input, right, found: { kind: 'found', by: 'CMND9' } })).toMatchObject({
      outcome: 'MATCHED',
      codes: [],
      findings: [],
    });
  });

  it('reports the holder of a placeholder number without a counterpart', () => {
    expect(judge({ ...input, right: null, found: { kind: 'ambiguous' } })).toMatchObject({
      ...suspected,
      findings: [],
    });
  });

  it('a placeholder is a number that more than 20 hold', () => {
    expect(rules.maxCmnd9Holders).toBe(20);
  });
});
