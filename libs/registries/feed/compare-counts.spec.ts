import { describe, expect, it } from '@jest/globals';
import { compareCounts, type HubCounts } from './index.ts';

const source = { records: 5, withdrawn: 1, changes: 9 };

/** What the hub has when the feed has brought all of it, unless said otherwise. */
const hub = (
  { records = 5, withdrawn = 1, quarantined = 0 }: Partial<Omit<HubCounts, 'fromFeed'>>,
  fromFeed: Partial<HubCounts['fromFeed']> = {},
): HubCounts => ({
  records,
  withdrawn,
  quarantined,
  fromFeed: { records, quarantined, confirming: 0, ...fromFeed },
});

describe('comparing counts', () => {
  it('finds nothing missing where the hub has what the source has', () => {
    expect(compareCounts(source, hub({}))).toMatchObject({
      missing: 0,
      unconfirmed: 0,
      surplus: 0,
      withdrawalsMissing: 0,
      complete: true,
    });
  });

  it('takes what is in quarantine as the explanation of a gap, as far as it goes', () => {
    expect(compareCounts(source, hub({ records: 3, quarantined: 2 }))).toMatchObject({ complete: true });
    expect(compareCounts(source, hub({ records: 2, quarantined: 2 }))).toMatchObject({ missing: 1, complete: false });
  });

  it('does not take rows of files in quarantine as an explanation', () => {
    expect(compareCounts(source, hub({ records: 3, quarantined: 2 }, { quarantined: 0 }))).toMatchObject({
      missing: 2,
      complete: false,
    });
  });

  it('shows a withdrawal that did not arrive', () => {
    expect(compareCounts(source, hub({ withdrawn: 0 }))).toMatchObject({ withdrawalsMissing: 1, complete: false });
  });

  it('shows records that the source does not know: they came from files and are no loss', () => {
    expect(compareCounts(source, hub({ records: 7 }, { records: 5 }))).toMatchObject({ surplus: 2, complete: true });
  });

  it('shows what the feed lost, however many records came from files', () => {
    expect(compareCounts(source, hub({ records: 9 }, { records: 2 }))).toMatchObject({
      missing: 0,
      unconfirmed: 3,
      complete: false,
    });
  });

  it('takes rows of the feed that brought nothing new as confirming what files had brought before', () => {
    expect(compareCounts(source, hub({ records: 5 }, { records: 2, confirming: 3 }))).toMatchObject({ complete: true });
    expect(compareCounts(source, hub({ records: 5 }, { records: 2, confirming: 2 }))).toMatchObject({ unconfirmed: 1 });
  });
});
