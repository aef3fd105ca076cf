import { setImmediate, setTimeout } from 'node:timers/promises';
import type { EventStore, SubscriptionItem } from '#libs/event-store/port';
import { LINKER_EVENT_TYPES, type Linker } from './linker.ts';

export interface FollowOptions {
  readonly store: EventStore;
  readonly linker: Linker;
  readonly signal: AbortSignal;
  readonly pageEvents?: number;
  /** How often held items are looked at while nothing comes in. */
  readonly restMilliseconds?: number;
  /** Told the position up to which everything due has been judged, whenever it changes. */
  readonly onPosition?: (position: number, caughtUp: boolean) => void;
}

/**
 * Follows the log until the signal is aborted: folds pages as they come, and in between what became due without a new
 * event. It has caught up when the log's end is reached and nothing more is due.
 */
export async function followLog({
  store,
  linker,
  signal,
  pageEvents = 1000,
  restMilliseconds = 200,
  onPosition,
}: FollowOptions): Promise<void> {
  let position = await linker.position();
  const reading = new AbortController();
  const subscription = store.subscribe({
    after: position,
    filter: { types: LINKER_EVENT_TYPES },
    limit: pageEvents,
    signal: AbortSignal.any([signal, reading.signal]),
  });
  const pages = subscription[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<SubscriptionItem, void>> = pages.next();
  let atEnd = false;
  let workLeft = true;
  try {
    while (!signal.aborted) {
      const result: IteratorResult<SubscriptionItem, void> | 'nothing' = atEnd
        ? await nextOr(next, workLeft ? 0 : Math.min(restMilliseconds, linker.rejudgesIn() ?? restMilliseconds))
        : await next;
      if (result === 'nothing') {
        workLeft = await linker.handleDueLater();
        if (!workLeft) {
          linker.settle();
          onPosition?.(position, true);
        }
        continue;
      }
      if (result.done === true) return;
      next = pages.next();
      if (result.value.kind === 'caught-up') {
        position = result.value.position;
        atEnd = true;
      } else {
        await linker.handle(result.value.page);
        position = result.value.page.position;
        atEnd = result.value.page.end;
      }
      workLeft = true;
      onPosition?.(position, false);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    try {
      linker.settle();
    } finally {
      // A read that waits for news would otherwise keep the failure waiting with it.
      reading.abort();
      next.catch(() => undefined);
      await pages.return?.();
    }
  }
}

/** What comes next, or `nothing` when it has not come by then. */
async function nextOr<T>(next: Promise<T>, milliseconds: number): Promise<T | 'nothing'> {
  const timer = new AbortController();
  const nothing =
    milliseconds === 0
      ? setImmediate('nothing' as const)
      : setTimeout(milliseconds, 'nothing' as const, { signal: timer.signal }).catch(() => 'nothing' as const);
  try {
    return await Promise.race([next, nothing]);
  } finally {
    timer.abort();
  }
}
