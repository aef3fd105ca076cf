import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { competeToLead, type Leadership } from '#libs/event-bus/kafka';
import { acquireRoleLock, RoleTakenError, type RoleLock } from '#libs/event-store/sqlite';
import { systemClock } from '#libs/platform';
import { RecordVersions } from '#libs/record-versions';
import { openRulesInForce } from '#libs/rules';
import {
  announce,
  fileSizes,
  LINKER_LEADER_TOPIC,
  openKafka,
  openServiceLog,
  runService,
  watchLog,
  type FollowerLag,
  type PartHealth,
  type ServiceHealth,
} from '#libs/service';
import { publishWork, startLinking, type LinkingStatus } from './start-linking.ts';
import { LINKER_EVENT_TYPES } from './linker.ts';
import { LINKER_SETTINGS } from './linker.settings.ts';

/** Versions of the pages at hand; older ones are rarely asked for before they are forgotten. */
const VERSIONS_REMEMBERED = 6_000;

/** A former leader lets go of the index within this time; it is asked again so often. */
const ROLE_RETRY_MILLISECONDS = 200;

/** The linker as a process of its own. Any number may run: one is active, the others stand by. */
await runService('linker', LINKER_SETTINGS, async (settings, context) => {
  const { dataDir, log } = context;
  const kafka = openKafka(context);
  const { store, hash, directory } = await openServiceLog(dataDir, context.service);
  let status: LinkingStatus | undefined;

  const lead = async (lost: AbortSignal): Promise<void> => {
    const lock = await acquirePatiently(directory, lost);
    if (lock === undefined) return;
    log.info('this linker is active');
    try {
      const linker = startLinking({
        store,
        hash,
        versions: new RecordVersions(store, VERSIONS_REMEMBERED),
        rules: await openRulesInForce(store, systemClock),
        indexFile: join(dataDir, 'linker.sqlite'),
        settings,
        // What Kafka has acknowledged can't be lost: the index may be committed.
        deliver: (items) => publishWork(kafka.bus, items),
        onStatus: (next) => (status = next),
        onIndexDamaged: (error) =>
          log.warn({ code: error.code }, 'the index of the linker can’t be read: it is folded anew from the log'),
      });
      const ended = new Promise<void>((resolve) => lost.addEventListener('abort', () => resolve(), { once: true }));
      try {
        await Promise.race([linker.finished, ended]);
      } finally {
        await linker.close();
      }
    } finally {
      status = undefined;
      lock.release();
      log.info('this linker stands by');
    }
  };

  let leadership: Leadership | undefined;
  const failed = Promise.withResolvers<undefined>();
  const competing = kafka.topics.then(() => {
    leadership = competeToLead({ ...kafka, topic: LINKER_LEADER_TOPIC, lead });
    leadership.finished.catch((error: unknown) => failed.reject(error));
  });
  const logWatch = watchLog(store, () => ({
    linker: status && { position: status.position, types: LINKER_EVENT_TYPES },
  }));
  const health = (): ServiceHealth => ({
    kafka: kafka.health(),
    log: logWatch.health(),
    linker: healthOf(leadership, status, logWatch.lagOf('linker')),
  });
  context.onScrape(fileSizes(context.metrics, [directory, dataDir]));
  const announcing = announce(context, kafka, health);
  return {
    health,
    finished: failed.promise,
    async close() {
      await announcing.close();
      // A delivery that waits for brokers that are away is given up: its page is folded again.
      const closingBus = kafka.close();
      await competing;
      await leadership?.close();
      await closingBus;
      await logWatch.close();
      await store.close();
    },
  };
});

function healthOf(
  leadership: Leadership | undefined,
  status: LinkingStatus | undefined,
  lag: FollowerLag | undefined,
): PartHealth {
  const role = 'linker';
  if (leadership === undefined) return { status: 'degraded', role, code: 'broker-away' };
  if (!leadership.leading) return { status: 'standby', role };
  return { status: 'ok', role, ...lag, position: status?.position ?? 0, caughtUp: status?.caughtUp ?? false };
}

async function acquirePatiently(directory: string, lost: AbortSignal): Promise<RoleLock | undefined> {
  while (!lost.aborted) {
    try {
      return await acquireRoleLock(directory, 'linker');
    } catch (error) {
      if (!(error instanceof RoleTakenError)) throw error;
      await sleep(ROLE_RETRY_MILLISECONDS, undefined, { signal: lost }).catch(() => undefined);
    }
  }
  return undefined;
}
