import { describe, expect, it } from '@jest/globals';
import type { Enterprise, Marriage, Resident, Taxpayer } from '#contracts/records';
import { compareStatuses } from './index.ts';
import { death, deceased, enterprise, judged, marriage, resident, taxpayer } from './testing/samples.ts';

const clean = { outcome: 'MATCHED', codes: [], findings: [] };

describe('STATUS_CONFLICT: the two statuses can not both hold', () => {
  const TOGETHER: Record<Enterprise['status'], readonly Taxpayer['status'][]> = {
    ACTIVE: ['00', '02', '09', '10'],
    SUSPENDED: ['05', '02'],
    NOT_AT_ADDRESS: ['06', '09'],
    REVOKED: ['03', '06', '01'],
    DISSOLVING: ['03', '07'],
    REORGANISED: ['03', '01'],
    DISSOLVED: ['01'],
    BANKRUPT: ['01', '07'],
  };
  const STATUSES = Object.keys(TOGETHER) as Enterprise['status'][];
  const TAX_STATUSES = ['00', '01', '02', '03', '05', '06', '07', '09', '10'] as const;
  const conflict = (field: string) => ({
    outcome: 'MISMATCHED',
    codes: ['STATUS_CONFLICT'],
    findings: [{ field, verdict: 'DIFFERENT' }],
  });

  it.each(STATUSES.flatMap((status) => TAX_STATUSES.map((tax) => [status, tax] as const)))(
    'enterprise %s and tax %s, by the table',
    (status, tax) => {
      const judgement = judged('tax-registration', enterprise({ status }), taxpayer({ status: tax }));
      expect(judgement).toMatchObject(TOGETHER[status].includes(tax) ? clean : conflict('status'));
    },
  );

  it.each(['ALIVE', 'MISSING'] as const)('death of a resident who is %s', (status: Resident['status']) => {
    expect(judged('death', death(), deceased({ status }))).toMatchObject(conflict('status'));
  });

  const MARRIAGES: readonly (readonly [Marriage['status'], readonly string[]])[] = [
    ['IN_FORCE', ['SINGLE', 'DIVORCED']],
    ['DIVORCED', ['SINGLE']],
    ['ANNULLED', []],
  ];
  const MARITAL = ['SINGLE', 'MARRIED', 'DIVORCED', 'WIDOWED', 'UNKNOWN'] as const;
  it.each(
    MARRIAGES.flatMap(([status, no]) => MARITAL.map((marital) => [status, marital, no.includes(marital)] as const)),
  )('marriage %s and resident %s: %s', (status, maritalStatus, conflicting) => {
    const judgement = judged('marriage', marriage({ status }), resident({ maritalStatus }));
    expect(judgement).toMatchObject(conflicting ? conflict('maritalStatus') : clean);
  });

  it('a marital status that is missing is no conflict', () => {
    const { maritalStatus: _, ...unknown } = resident();
    expect(judged('marriage', marriage(), unknown)).toMatchObject({
      codes: [],
      findings: [{ field: 'maritalStatus', verdict: 'MISSING_RIGHT' }],
    });
  });

  it('adds no FIELD_MISMATCH, but stands beside one', () => {
    const judgement = judged(
      'tax-registration',
      enterprise({ name: 'Hợp tác xã Bình Minh' }),
      taxpayer({ status: '01' }),
    );
    expect(judgement.codes).toEqual(['FIELD_MISMATCH', 'STATUS_CONFLICT']);
  });
});

it('a status that the table does not name, even one called like a property, stands together as the table says', () => {
  expect(compareStatuses('constructor', '00', { compatible: {} })).toEqual({ verdict: 'DIFFERENT' });
  expect(compareStatuses('constructor', '00', { conflicting: {} })).toEqual({ verdict: 'EQUAL' });
});
