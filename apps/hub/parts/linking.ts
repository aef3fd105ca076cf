import { createReconciler } from '#apps/reconciler';
import { DEFAULT_LINKER_SETTINGS, followLog, Linker, LinkerIndex, type LinkerSettings } from '#apps/linker';
import { RECONCILER_GROUP, WORK_TOPIC, type WorkItem } from '#contracts/work';
import { EventStoreDeadLetterStore } from '#libs/event-bus/dead-letters';
import { InProcessEventBus } from '#libs/event-bus/in-process';
import type { EventBus } from '#libs/event-bus/port';
import { acquireRoleLock, loadOrCreateSecret } from '#libs/event-store/sqlite';
import { createKeyedHash, derivedId, systemClock } from '#libs/platform';
import { RecordVersions } from '#libs/record-versions';
import type { DataDirectory } from '../data-directory.ts';
import { openRulesInForce } from './rules.ts';
import { openLog } from './log.ts';

/** How far the linker and the reconcilers are. */
export interface LinkingStatus {
  /** Everything in the log up to here has been folded, and what it made due has been judged. */
  readonly position: number;
  /** Nothing more is due at the moment. */
  readonly caughtUp: boolean;
}

export interface Linking {
  readonly bus: EventBus;
  /** Rejects when the linker can't go on. */
  readonly finished: Promise<void>;
  close(): Promise<void>;
}

/** Those of the pages at hand; older ones are rarely asked for before they are forgotten, whatever the number. */
const VERSIONS_REMEMBERED = 6_000;

/** Runs the linker and a reconciler on a data directory, in this thread. There is one at a time: the role is locked. */
export async function startLinking(
  directory: DataDirectory,
  onStatus: (status: LinkingStatus) => void,
  rejudgeRecordsPerSecond = 0,
): Promise<Linking> {
  const lock = await acquireRoleLock(directory.log, 'linker');
  const store = await openLog(directory);
  const hash = createKeyedHash(loadOrCreateSecret(directory.log));
  const inForce = await openRulesInForce(store, systemClock);

  const index = LinkerIndex.open(directory.linkerFile);
  const versions = new RecordVersions(store, VERSIONS_REMEMBERED);
  const bus = new InProcessEventBus({ deadLetters: await EventStoreDeadLetterStore.open(store) });
  const reconcile = createReconciler({
    store,
    versions,
    hash,
    clock: systemClock,
    units: inForce.book.units,
    rulesOf: (wanted) => inForce.book.findByHash(wanted),
  });
  await bus.subscribe<WorkItem>({ topic: WORK_TOPIC, group: RECONCILER_GROUP }, reconcile);

  const deliver = async (items: readonly WorkItem[]): Promise<void> => {
    await bus.publish(
      WORK_TOPIC,
      items.map((item) => ({
        id: derivedId(item.reconciliation, item.kind, item.asOf),
        key: item.reconciliation,
        type: `khop.work.${item.kind}.v1`,
        data: item,
      })),
    );
    await bus.idle();
  };
  const settings: LinkerSettings = {
    ...DEFAULT_LINKER_SETTINGS,
    rejudgeRecordsPerSecond,
    get maxNumberHolders() {
      return inForce.rules().maxCmnd9Holders;
    },
  };
  const linker = new Linker({
    store,
    index,
    versions,
    hash,
    clock: systemClock,
    settings,
    get rulesHash() {
      return inForce.hash();
    },
    onRulesActivated: () => inForce.book.refresh(),
    deliver,
  });

  const stop = new AbortController();
  const finished = followLog({
    store,
    linker,
    signal: stop.signal,
    onPosition: (position, caughtUp) => onStatus({ position, caughtUp }),
  });
  return {
    bus,
    finished,
    async close() {
      stop.abort();
      // Ends a delivery that would not end by itself, as on a full disk: its page is folded again at the next start.
      await bus.close();
      await finished.catch(() => undefined);
      index.close();
      await store.close();
      lock.release();
    },
  };
}
