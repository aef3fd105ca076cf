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
  close(): Promise<void>;
}

const TOPICS_RETRY_MILLISECONDS = 2000;

/** Reads the settings of Kafka, and goes on trying to reach it. Throws `SettingsError`. */
export function openKafka({ service, log }: ServiceContext, environment = process.env): KafkaAccess {
  const connection = readKafkaConnection(environment, `khop-${service}`);
  const settings: KafkaEventBusSettings = { ...readKafkaEventBusSettings(environment), remoteGroups: REMOTE_GROUPS };
  const topicSettings = readSettings(TOPIC_SETTINGS, environment);
  const kafkaLog: KafkaLog = (level, text, fields) => log[level](fields, text);
  const bus = createKafkaEventBus({ connection, source: `/khop/${service}`, settings, log: kafkaLog });
  const closing = new AbortController();
  let topicsReady = false;

  const makeTopics = async (): Promise<void> => {
    const kafka = createClient(connection, () => undefined);
    const wanted = serviceTopics(topicSettings).map((one) => ({ ...one, topic: topicName(connection, one.topic) }));
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
      const { awaySince } = bus.status();
      if (!topicsReady) return { status: 'degraded', code: 'broker-away' };
      return awaySince === null
        ? { status: 'ok' }
        : { status: 'degraded', code: 'broker-away', awaySeconds: Math.round((Date.now() - awaySince) / 1000) };
    },
    async close() {
      closing.abort();
      await topics;
      await bus.close();
    },
  };
}
