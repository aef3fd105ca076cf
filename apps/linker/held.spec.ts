import { describe, expect, it } from '@jest/globals';
import type { EventStore, SubscriptionItem } from '#libs/event-store/port';
import { followLog } from './follow.ts';
import { LinkerIndex } from './linker-index.ts';
import type { Linker } from './linker.ts';

describe('what is held back', () => {
  it('is due as of the newest change, in whatever order changes are looked at', () => {
    const index = LinkerIndex.open(':memory:', 1);
    index.begin();
    index.due.hold({ record: 1, slot: 0, asOf: 12, cause: 'withdrawn' });
    index.due.hold({ record: 1, slot: 0, asOf: 7, cause: 'judged again by new rules' });
    expect(index.due.heldItems(10)).toEqual([{ record: 1, slot: 0, asOf: 12, cause: 'withdrawn' }]);
    index.due.holdPair({ one: 1, other: 2, asOf: 12, cause: 'withdrawn' });
    index.due.holdPair({ one: 1, other: 2, asOf: 7, cause: 'judged again by new rules' });
    expect(index.due.heldPairs(10)).toMatchObject([{ asOf: 12 }]);
    index.close();
  });
});

describe('a linker that fails', () => {
  it('says so at once, even while the log is quiet', async () => {
    async function* quiet({ signal }: { signal?: AbortSignal } = {}): AsyncGenerator<SubscriptionItem> {
      yield { kind: 'events', page: { events: [], position: 1, end: true } };
      await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
    }
    const store = { subscribe: quiet } as unknown as EventStore;
    const linker = {
      position: async () => 0,
      handle: async () => {
        throw new Error('the disk is full');
      },
      handleDueLater: async () => false,
      settle: () => undefined,
    } as unknown as Linker;
    await expect(followLog({ store, linker, signal: new AbortController().signal })).rejects.toThrow(
      'the disk is full',
    );
  });
});
