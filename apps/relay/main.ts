import { setTimeout as sleep } from 'node:timers/promises';
import { competeToLead, type Leadership } from '#libs/event-bus/kafka';
import { readSettings } from '#libs/platform';
import { METRICS } from '#libs/platform/metrics';
import {
  readRelaySettings,
  RELAY_SETTINGS,
  RELAY_TOPIC_SETTINGS,
  RELAYED_TYPES,
  RelayFencedError,
  relayTopics,
  runRelay,
  type RelayStatus,
} from '#libs/relay';
import {
  announce,
  openKafka,
  openServiceLog,
  RELAY_LEADER_TOPIC,
  runService,
  watchLog,
  type FollowerLag,
  type PartHealth,
  type ServiceHealth,
} from '#libs/service';

/** A former leader that has not heard yet that it is none any more is fenced, and waits so long. */
const FENCED_PAUSE_MILLISECONDS = 5_000;

/** Tells others what is in the log, as a process of its own. Any number may run: one is active, the others stand by. */
await runService('relay', RELAY_SETTINGS, async (_, context) => {
  const { dataDir, log, metrics, onScrape } = context;
  const kafka = openKafka(context, relayTopics(readSettings(RELAY_TOPIC_SETTINGS, process.env)));
  const settings = readRelaySettings(process.env);
  const { store } = await openServiceLog(dataDir, context.service);
  let status: RelayStatus | undefined;

  const lead = async (lost: AbortSignal): Promise<void> => {
    log.info('this relay is active');
    try {
      while (!lost.aborted) {
        const relaying = runRelay({ ...kafka, store, settings, signal: lost, onStatus: (next) => (status = next) });
        await relaying.catch(async (error: unknown) => {
          if (!(error instanceof RelayFencedError)) throw error;
          log.warn({ error }, 'another relay tells what is in the log');
          await sleep(FENCED_PAUSE_MILLISECONDS, undefined, { signal: lost }).catch(() => undefined);
        });
      }
    } finally {
      status = undefined;
      log.info('this relay stands by');
    }
  };

  let leadership: Leadership | undefined;
  const failed = Promise.withResolvers<undefined>();
  const competing = kafka.topics.then(() => {
    leadership = competeToLead({ ...kafka, topic: RELAY_LEADER_TOPIC, lead });
    leadership.finished.catch((error: unknown) => failed.reject(error));
  });
  const logWatch = watchLog(store, () => ({ relay: status && { position: status.position, types: RELAYED_TYPES } }));
  const health = (): ServiceHealth => ({
    kafka: kafka.health(),
    log: logWatch.health(),
    relay: healthOf(leadership, status, logWatch.lagOf('relay')),
  });
  const delay = METRICS.relayDelay.register(metrics);
  onScrape(() => delay.set(logWatch.lagOf('relay')?.lagSeconds ?? 0));
  const announcing = announce(context, kafka, health);
  return {
    health,
    finished: failed.promise,
    async close() {
      await announcing.close();
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
  status: RelayStatus | undefined,
  lag: FollowerLag | undefined,
): PartHealth {
  const role = 'relay';
  if (leadership === undefined) return { status: 'degraded', role, code: 'broker-away' };
  if (!leadership.leading) return { status: 'standby', role };
  const { published = 0, caughtUp = false, awaySince = null } = status ?? {};
  const told = { role, ...lag, published, caughtUp };
  return awaySince === null ? { status: 'ok', ...told } : { status: 'degraded', code: 'broker-away', ...told };
}
