import { describe, expect, it } from '@jest/globals';
import { compareCounts } from './index.ts';

const source = { records: 5, withdrawn: 1, changes: 9 };

describe('comparing counts', () => {
  it('finds nothing missing where the hub has what the source has', () => {
    expect(compareCounts(source, { records: 5, withdrawn: 1, quarantined: 0 })).toMatchObject({
      missing: 0,
      surplus: 0,
      withdrawalsMissing: 0,
      complete: true,
    });
  });

  it('takes what is in quarantine as the explanation of a gap, as far as it goes', () => {
    expect(compareCounts(source, { records: 3, withdrawn: 1, quarantined: 2 })).toMatchObject({ complete: true });
    expect(compareCounts(source, { records: 2, withdrawn: 1, quarantined: 2 })).toMatchObject({
      missing: 1,
      complete: false,
    });
  });

  it('shows a withdrawal that did not arrive', () => {
    expect(compareCounts(source, { records: 5, withdrawn: 0, quarantined: 0 })).toMatchObject({
      withdrawalsMissing: 1,
      complete: false,
    });
  });

  it('shows records that the source does not know: they came from files and are no loss', () => {
    expect(compareCounts(source, { records: 7, withdrawn: 1, quarantined: 0 })).toMatchObject({
      surplus: 2,
      complete: true,
    });
  });
});
