import { describe, expect, it } from '@jest/globals';
import { Epochs } from '#libs/event-bus/delivery';
import { OffsetTracker } from './offset-tracker.ts';

describe('the offsets of a member', () => {
  it('advance up to the first message that is not settled, in whatever order they are', () => {
    const tracker = new OffsetTracker(new Epochs(), () => undefined);
    // Offset 6 is not a message: a transaction's mark, or compacted away.
    const [five, seven, eight] = [5, 7, 8].map((offset) => tracker.track(2, offset)) as [number, number, number];
    tracker.end(eight);
    expect(tracker.uncommitted()).toEqual([]);
    tracker.end(five);
    expect(tracker.uncommitted()).toEqual([{ partition: 2, offset: 6 }]);
    tracker.end(seven);
    expect(tracker.uncommitted()).toEqual([{ partition: 2, offset: 9 }]);
  });

  it('of one partition do not wait for another', () => {
    const tracker = new OffsetTracker(new Epochs(), () => undefined);
    tracker.track(0, 10);
    tracker.end(tracker.track(1, 3_000_000_000));
    expect(tracker.uncommitted()).toEqual([{ partition: 1, offset: 3_000_000_001 }]);
  });

  it('are told once they are committed only when there is more', () => {
    let advances = 0;
    const tracker = new OffsetTracker(new Epochs(), () => (advances += 1));
    tracker.end(tracker.track(0, 0));
    tracker.committed(tracker.uncommitted());
    expect(tracker.uncommitted()).toEqual([]);
    tracker.end(tracker.track(0, 1));
    expect(tracker.uncommitted()).toEqual([{ partition: 0, offset: 2 }]);
    expect(advances).toBe(2);
  });

  it('are not moved by a redelivery, which is waited for all the same', async () => {
    const epochs = new Epochs();
    const tracker = new OffsetTracker(epochs, () => undefined);
    const redelivery = tracker.begin();
    let over = false;
    const settled = epochs.settled().then(() => (over = true));
    tracker.end(tracker.track(0, 0));
    await Promise.resolve();
    expect(over).toBe(false);
    tracker.end(redelivery);
    await settled;
  });
});
