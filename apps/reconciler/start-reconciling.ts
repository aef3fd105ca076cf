import { RECONCILER_GROUP, WORK_TOPIC, type WorkItem } from '#contracts/work';
import type { EventBus, Subscription } from '#libs/event-bus/port';
import type { EventStore } from '#libs/event-store/port';
import { systemClock, type KeyedHash } from '#libs/platform';
import type { RecordVersions } from '#libs/record-versions';
import type { RulesBook } from '#libs/rules';
import { createReconciler, type ReconcilerDeps } from './reconciler.ts';

export interface ReconcilingOptions {
  readonly bus: Pick<EventBus, 'subscribe'>;
  readonly store: EventStore;
  readonly versions: RecordVersions;
  readonly hash: KeyedHash;
  readonly book: RulesBook;
  readonly onVerdict?: ReconcilerDeps['onVerdict'];
}

/** Takes part in judging what the linker hands out: one of any number of reconcilers. */
export function startReconciling({
  bus,
  store,
  versions,
  hash,
  book,
  onVerdict,
}: ReconcilingOptions): Promise<Subscription> {
  const reconcile = createReconciler({
    store,
    versions,
    hash,
    clock: systemClock,
    onVerdict,
    units: book.units,
    rulesOf: (wanted) => book.findByHash(wanted),
  });
  return bus.subscribe<WorkItem>({ topic: WORK_TOPIC, group: RECONCILER_GROUP }, async (batch) => {
    // Somebody else's linker may know of rules that were activated since this process has read them.
    const unknown = batch.some(
      ({ message }) => message.data.kind === 'judge' && book.findByHash(message.data.rulesHash) === undefined,
    );
    if (unknown) await book.refresh();
    return reconcile(batch);
  });
}
