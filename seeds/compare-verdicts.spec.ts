import { describe, expect, it } from '@jest/globals';
import { compareVerdicts } from './compare-verdicts.ts';

describe('compareVerdicts', () => {
  it('orders by check, registry, record key, part and counterpart', () => {
    const line = (
      check: 'legal-representative' | 'birth' | 'duplicate',
      recordKey: string,
      part = 0,
      other?: string,
    ) => ({
      check,
      registry: 'residents' as const,
      recordKey,
      part,
      counterpart: other === undefined ? null : { registry: 'residents' as const, recordKey: other },
    });
    const sorted = [
      line('birth', '0'),
      line('duplicate', '1'),
      line('duplicate', '1', 0, '2'),
      line('duplicate', '1', 0, '3'),
      line('legal-representative', '1', 0),
      line('legal-representative', '1', 1),
      line('legal-representative', '10', 0),
      line('legal-representative', '2', 0),
    ];
    expect(sorted.toReversed().sort(compareVerdicts)).toEqual(sorted);
  });
});
