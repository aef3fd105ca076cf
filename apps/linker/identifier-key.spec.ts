import { describe, expect, it } from '@jest/globals';
import type { Identifier } from '#libs/domain/matching';
import { identifierKey, mentionKey } from './identifier-key.ts';

const LENGTHS: readonly (readonly [Identifier['type'], number])[] = [
  ['FORMER_PERSONAL_ID', 12],
  ['PERSONAL_ID', 12],
  ['CMND9', 9],
  ['TAX_CODE', 10],
  ['TAX_CODE', 12],
  ['TAX_CODE', 13],
  ['ENTERPRISE_CODE', 10],
  ['ENTERPRISE_CODE', 12],
  ['ENTERPRISE_CODE', 13],
  ['ENTERPRISE_CODE', 15],
];

describe('the key of an identifier', () => {
  it.each(LENGTHS)('is exact for every %s of %i digits', (type, digits) => {
    const last = identifierKey({ type, value: '9'.repeat(digits) });
    expect(Number.isSafeInteger(last)).toBe(true);
  });

  it('tells neighbours apart, such as two business locations of one enterprise', () => {
    const keys = ['9999999999.00003', '9999999999.00004'].map((value) =>
      identifierKey({ type: 'ENTERPRISE_CODE', value }),
    );
    expect(new Set(keys).size).toBe(2);
  });

  it('is another one for each kind and length of number', () => {
    const ends = LENGTHS.flatMap(([type, digits]) => [
      { type, at: identifierKey({ type, value: '0'.repeat(digits) }) ?? -1 },
      { type, at: identifierKey({ type, value: '9'.repeat(digits) }) ?? -1 },
    ]).sort((a, b) => a.at - b.at);
    for (let index = 0; index < ends.length; index += 2) expect(ends[index]?.type).toBe(ends[index + 1]?.type);
    expect(new Set(ends.map(({ at }) => at)).size).toBe(ends.length);
  });

  it('does not depend on how the number is written, and is none for digits of another length', () => {
    expect(identifierKey({ type: 'TAX_CODE', value: '0314409058-002' })).toBe(
      identifierKey({ type: 'TAX_CODE', value: '0314409058002' }),
    );
    expect(identifierKey({ type: 'CMND9', value: '12345678' })).toBeUndefined();
  });

  it('is one for whoever mentions a personal ID, present or former', () => {
    const value = '001080012345';
    const [present = 0, former = 0] = (['PERSONAL_ID', 'FORMER_PERSONAL_ID'] as const).map((type) =>
      identifierKey({ type, value }),
    );
    expect(mentionKey(former)).toBe(mentionKey(present));
    expect(former).not.toBe(present);
  });
});
