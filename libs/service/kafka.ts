import { setTimeout as sleep } from 'node:timers/promises';
import {
  createClient,
  createKafkaEventBus,
  describeDifference,
  ensureTopics,
  readKafkaConnection,
  readKafkaEventBusSettings,
  topicName,
  type KafkaConnection,
  type KafkaEventBus,
  type KafkaEventBusSettings,
  type KafkaLog,
  type TopicDefinition,
} from '#libs/event-bus/kafka';
import { readSettings } from '#libs/platform';
import type { PartHealth } from './health.ts';
import { REMOTE_GROUPS, serviceTopics, TOPIC_SETTINGS } from './kafka.settings.ts';
import type { ServiceContext } from './run-service.ts';

/** A service's way to Kafka. */
export interface KafkaAccess {
  readonly connection: KafkaConnection;
  readonly settings: KafkaEventBusSettings;
  readonly log: KafkaLog;
  readonly bus: KafkaEventBus;
  /** Resolves when the topics between the services are there, however long the brokers are away. */
  readonly topics: Promise<void>;
  health(): PartHealth;
  /** The brokers have answered; to be said again and again, or they are taken for being away. */
  heard(): void;
  close(): Promise<void>;
}

const TOPICS_RETRY_MILLISECONDS = 2000;

/** Several announcements long. */
const SILENT_MILLISECONDS = 8_000;

/**
 * Reads the settings of Kafka, and goes on trying to reach it; `moreTopics` are made beside those that all services share. Throws
 * `SettingsError`.
 */
export function openKafka(
  { service, log }: ServiceContext,
  moreTopics: readonly TopicDefinition[] = [],
  environment = process.env,
): KafkaAccess {
  const connection = readKafkaConnection(environment, `khop-${service}`);
  const settings: KafkaEventBusSettings = { ...readKafkaEventBusSettings(environment), remoteGroups: REMOTE_GROUPS };
  const topicSettings = readSettings(TOPIC_SETTINGS, environment);
  const kafkaLog: KafkaLog = (level, text, fields) => log[level](fields, text);
  const bus = createKafkaEventBus({ connection, source: `/khop/${service}`, settings, log: kafkaLog });
  const closing = new AbortController();
  let topicsReady = false;
  let heardAt = Infinity;

  const makeTopics = async (): Promise<void> => {
    const kafka = createClient(connection, () => undefined);
    const wanted = [...serviceTopics(topicSettings), ...moreTopics].map((one) => ({
      ...one,
      topic: topicName(connection, one.topic),
    }));
    for (let failures = 0; !closing.signal.aborted; failures += 1) {
      try {
        const { differences } = await ensureTopics(kafka, wanted);
        for (const difference of differences) log.warn(describeDifference(difference));
        topicsReady = true;
        return;
      } catch {
        if (failures === 0) log.warn({ brokers: connection.brokers }, 'Kafka can’t be reached, and is tried again');
        await sleep(TOPICS_RETRY_MILLISECONDS, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  };
  const topics = makeTopics();
  return {
    connection,
    settings,
    log: kafkaLog,
    bus,
    topics,
    health() {
      const silentSince = Date.now() - heardAt > SILENT_MILLISECONDS ? heardAt : null;
      const awaySince = bus.status().awaySince ?? silentSince;
      if (!topicsReady) return { status: 'degraded', code: 'broker-away' };
      return awaySince === null
        ? { status: 'ok' }
        : { status: 'degraded', code: 'broker-away', awaySeconds: Math.round((Date.now() - awaySince) / 1000) };
    },
    heard: () => (heardAt = Date.now()),
    async close() {
      closing.abort();
      await topics;
      await bus.close();
    },
  };
}
