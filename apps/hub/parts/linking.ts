import { pino } from 'pino';
import { publishWork, startLinking as startLinker, type LinkingStatus } from '#apps/linker';
import { startReconciling } from '#apps/reconciler';
import { EventStoreDeadLetterStore } from '#libs/event-bus/dead-letters';
import { InProcessEventBus } from '#libs/event-bus/in-process';
import type { EventBus } from '#libs/event-bus/port';
import { acquireRoleLock, loadOrCreateSecret } from '#libs/event-store/sqlite';
import { createKeyedHash, systemClock } from '#libs/platform';
import { RecordVersions } from '#libs/record-versions';
import { openRulesInForce } from '#libs/rules';
import type { DataDirectory } from '../data-directory.ts';
import type { PartSettings } from '../hub.settings.ts';
import { openLog } from './log.ts';

export type { LinkingStatus };

export interface Linking {
  readonly bus: EventBus;
  /** Rejects when the linker can't go on. */
  readonly finished: Promise<void>;
  close(): Promise<void>;
}

/** Those of the pages at hand; older ones are rarely asked for before they are forgotten, whatever the number. */
const VERSIONS_REMEMBERED = 6_000;

const log = pino({ name: 'khop' }, pino.destination(2));

/** Runs the linker and a reconciler on a data directory, in this thread. There is one at a time: the role is locked. */
export async function startLinking(
  directory: DataDirectory,
  onStatus: (status: LinkingStatus) => void,
  bounds: Partial<Pick<PartSettings, 'linker' | 'bus' | 'log'>> = {},
): Promise<Linking> {
  const lock = await acquireRoleLock(directory.log, 'linker');
  const store = await openLog(directory, bounds.log);
  const hash = createKeyedHash(loadOrCreateSecret(directory.log));
  const rules = await openRulesInForce(store, systemClock);
  const versions = new RecordVersions(store, VERSIONS_REMEMBERED);
  const bus = new InProcessEventBus({
    deadLetters: await EventStoreDeadLetterStore.open(store),
    settings: bounds.bus ?? {},
  });
  await startReconciling({ bus, store, versions, hash, book: rules.book });
  const linker = startLinker({
    store,
    versions,
    hash,
    rules,
    indexFile: directory.linkerFile,
    onStatus,
    onIndexDamaged: (error) =>
      log.warn({ code: error.code }, 'the index of the linker can’t be read: it is folded anew from the log'),
    settings: bounds.linker,
    // What a bus in this process has taken over is lost with the process: only what has been judged can't be.
    async deliver(items) {
      await publishWork(bus, items);
      await bus.idle();
    },
  });
  return {
    bus,
    finished: linker.finished,
    async close() {
      const closing = linker.close();
      // Ends a delivery that would not end by itself, as on a full disk: its page is folded again at the next start.
      await bus.close();
      await closing;
      await store.close();
      lock.release();
    },
  };
}
