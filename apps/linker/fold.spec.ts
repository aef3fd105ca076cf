import { describe, expect, it } from '@jest/globals';
import { LinkerIndex } from './linker-index.ts';

const CAUSE = '{"eventId":"e"}';

describe('those who mention an identifier', () => {
  it('are given so many at a time; the others are held, as of the newest change', () => {
    const index = LinkerIndex.open(':memory:', 1);
    index.begin();
    for (let record = 1; record <= 5; record += 1) index.addMention(77, record, 0);
    index.addMention(78, 9, 0);
    index.due.hold({ record: 5, slot: 0, asOf: 99, cause: 'newer' });
    const first = index.mentionsOf(77, 2);
    expect(first).toEqual([
      { record: 1, slot: 0 },
      { record: 2, slot: 0 },
    ]);
    index.holdMentionsAfter(77, { record: 2, slot: 0 }, 12, CAUSE);
    expect(index.due.heldItems(10)).toEqual([
      { record: 3, slot: 0, asOf: 12, cause: CAUSE },
      { record: 4, slot: 0, asOf: 12, cause: CAUSE },
      { record: 5, slot: 0, asOf: 99, cause: 'newer' },
    ]);
    index.close();
  });

  it('are not held again while the log is folded anew', () => {
    const index = LinkerIndex.open(':memory:', 1);
    index.begin();
    for (let record = 1; record <= 5; record += 1) index.addMention(77, record, 0);
    index.due.keepingDue(true);
    index.holdMentionsAfter(77, { record: 2, slot: 0 }, 12, CAUSE);
    expect(index.due.heldItems(10)).toEqual([]);
    index.close();
  });
});
