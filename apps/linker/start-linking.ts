import { WORK_TOPIC, type WorkItem } from '#contracts/work';
import type { EventBus, Message } from '#libs/event-bus/port';
import type { EventStore } from '#libs/event-store/port';
import { systemClock, type KeyedHash } from '#libs/platform';
import type { RecordVersions } from '#libs/record-versions';
import type { RulesInForce } from '#libs/rules';
import { tracing, type TracedSpan } from '#libs/telemetry';
import { followLog } from './follow.ts';
import { IndexDamagedError, removeIndex } from './index-damage.ts';
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
  /** Told that the index could not be read: it is thrown away, and folded anew from the log. */
  readonly onIndexDamaged?: ((error: IndexDamagedError) => void) | undefined;
  /** Those that are left out are the defaults; how many hold a placeholder, the rules say. */
  readonly settings?: Partial<LinkerSettings> | undefined;
}

export interface RunningLinker {
  /** Rejects when the linker can't go on. */
  readonly finished: Promise<void>;
  /** Stops following; a delivery under way is waited for. */
  close(): Promise<void>;
}

/**
 * Starts the linker on a log. One at a time follows a log with the same index. An index that is damaged is thrown away and folded anew; one that
 * is damaged again before that is done ends the linker: the disk is at fault.
 */
export function startLinking(options: LinkingOptions): RunningLinker {
  const stop = new AbortController();
  let wasDamaged = false;
  const index = LinkerIndex.openAnew(options.indexFile, (error) => {
    wasDamaged = true;
    options.onIndexDamaged?.(error);
  });
  const finished = keepLinking(options, index, wasDamaged, stop.signal);
  finished.catch(() => undefined);
  return {
    finished,
    async close() {
      stop.abort();
      await finished.catch(() => undefined);
    },
  };
}

async function keepLinking(
  options: LinkingOptions,
  first: LinkerIndex,
  wasDamaged: boolean,
  signal: AbortSignal,
): Promise<void> {
  const { indexFile, onStatus, onIndexDamaged } = options;
  let isWhole = !wasDamaged;
  for (let index = first; ; index = LinkerIndex.open(indexFile)) {
    try {
      await followLog({
        store: options.store,
        linker: linkerOn(index, options),
        signal,
        onPosition(position, caughtUp) {
          isWhole ||= caughtUp;
          onStatus({ position, caughtUp });
        },
      });
      return;
    } catch (error) {
      if (!(error instanceof IndexDamagedError) || !isWhole) throw error;
      isWhole = false;
      index.close();
      removeIndex(indexFile);
      onIndexDamaged?.(error);
    } finally {
      index.close();
    }
  }
}

function linkerOn(index: LinkerIndex, options: LinkingOptions): Linker {
  const { store, versions, hash, rules, deliver } = options;
  const settings: LinkerSettings = {
    ...DEFAULT_LINKER_SETTINGS,
    ...options.settings,
    get maxNumberHolders() {
      return rules.rules().maxCmnd9Holders;
    },
  };
  return new Linker({
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
}

/** Publishes work items for the reconcilers. The same item has the same id each time. */
export async function publishWork(bus: Pick<EventBus, 'publish'>, items: readonly WorkItem[]): Promise<void> {
  const spans: TracedSpan[] = [];
  const messages = items.map((item): Message<WorkItem> => {
    const message = {
      id: `${item.kind}-${item.asOf}-${item.reconciliation}`,
      key: item.reconciliation,
      type: `khop.work.${item.kind}.v1`,
      data: item,
    };
    const span = traceWork(message);
    if (span?.traceparent === undefined) return message;
    spans.push(span);
    return { ...message, headers: { traceparent: span.traceparent } };
  });
  await bus.publish(WORK_TOPIC, messages);
  for (const span of spans) span.end();
}

/** The span of publishing a work item; undefined where its trace is not kept. */
function traceWork({ data }: Message<WorkItem>): TracedSpan | undefined {
  if (!tracing().follows(data.cause.traceparent)) return undefined;
  return tracing().start(`publish ${WORK_TOPIC}`, {
    parent: data.cause.traceparent,
    kind: 'producer',
    attributes: {
      'messaging.system': 'khop.bus',
      'messaging.operation.type': 'send',
      'messaging.destination.name': WORK_TOPIC,
      'khop.check': data.check,
      'khop.reconciliation': data.reconciliation,
    },
  });
}
