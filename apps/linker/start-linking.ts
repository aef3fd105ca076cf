import { WORK_TOPIC, type WorkItem } from '#contracts/work';
import type { EventBus, Message } from '#libs/event-bus/port';
import type { EventStore } from '#libs/event-store/port';
import { systemClock, type KeyedHash } from '#libs/platform';
import type { RecordVersions } from '#libs/record-versions';
import type { RulesInForce } from '#libs/rules';
import { followLog } from './follow.ts';
import { LinkerIndex } from './linker-index.ts';
import { DEFAULT_LINKER_SETTINGS, Linker, type LinkerSettings } from './linker.ts';

/** How far the linker is. */
export interface LinkingStatus {
  /** Everything in the log up to here has been folded, and what it made due has been handed out. */
  readonly position: number;
  /** Nothing more is due at the moment. */
  readonly caughtUp: boolean;
}

export interface LinkingOptions {
  readonly store: EventStore;
  readonly versions: RecordVersions;
  readonly hash: KeyedHash;
  readonly rules: RulesInForce;
  /** The index; nobody else may have it open for writing. */
  readonly indexFile: string;
  /** Hands work items out; resolves when they can't be lost any more: the index is committed then. */
  readonly deliver: (items: readonly WorkItem[]) => Promise<void>;
  readonly onStatus: (status: LinkingStatus) => void;
  /** Those that are left out are the defaults; how many hold a placeholder, the rules say. */
  readonly settings?: Partial<LinkerSettings> | undefined;
}

export interface RunningLinker {
  /** Rejects when the linker can't go on. */
  readonly finished: Promise<void>;
  /** Stops following; a delivery under way is waited for. */
  close(): Promise<void>;
}

/** Starts the linker on a log. One at a time follows a log with the same index. */
export function startLinking(options: LinkingOptions): RunningLinker {
  const { store, versions, hash, rules, indexFile, deliver, onStatus } = options;
  const index = LinkerIndex.open(indexFile);
  const settings: LinkerSettings = {
    ...DEFAULT_LINKER_SETTINGS,
    ...options.settings,
    get maxNumberHolders() {
      return rules.rules().maxCmnd9Holders;
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
      return rules.hash();
    },
    onRulesActivated: () => rules.book.refresh(),
    deliver,
  });
  const stop = new AbortController();
  const finished = followLog({
    store,
    linker,
    signal: stop.signal,
    onPosition: (position, caughtUp) => onStatus({ position, caughtUp }),
  });
  finished.catch(() => undefined);
  return {
    finished,
    async close() {
      stop.abort();
      await finished.catch(() => undefined);
      index.close();
    },
  };
}

/** Publishes work items for the reconcilers. The same item has the same id each time. */
export async function publishWork(bus: Pick<EventBus, 'publish'>, items: readonly WorkItem[]): Promise<void> {
  await bus.publish(
    WORK_TOPIC,
    items.map((item): Message<WorkItem> => ({
      id: `${item.kind}-${item.asOf}-${item.reconciliation}`,
      key: item.reconciliation,
      type: `khop.work.${item.kind}.v1`,
      data: item,
    })),
  );
}
