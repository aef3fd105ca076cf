import { randomUUID } from 'node:crypto';
import type { Kafka, KafkaMessage } from 'kafkajs';
import type { Delivery, Handler, Message } from '#libs/event-bus/port';
import { createClient } from '../client.ts';
import type { KafkaConnection } from '../connection.settings.ts';
import { createKafkaEventBus, type KafkaEventBus } from '../kafka.event-bus.ts';
import { DEAD_LETTER_TOPIC, topicName } from '../names.ts';
import type { KafkaEventBusSettings } from '../settings.ts';
import { ensureTopics } from '../topics.ts';

export const TOPIC = 'work';
export const GROUP = 'reconciler';

/** Quick to notice, so that tests are short. */
export const QUICK: Partial<KafkaEventBusSettings> = {
  fetchMaxWaitMs: 20,
  commitIntervalMs: 10,
  pollMs: 10,
  initialBackoffMs: 1,
  maxBackoffMs: 4,
  maxAttempts: 3,
  initialRestartMs: 100,
  sessionTimeoutMs: 6_000,
  heartbeatIntervalMs: 300,
  maxRestartMs: 500,
};

/** Topics of a test's own on a Kafka, and buses on them. */
export interface KafkaScene {
  readonly connection: KafkaConnection;
  readonly client: Kafka;
  open(settings?: Partial<KafkaEventBusSettings>): KafkaEventBus;
  /** All records of a topic from its beginning, as they are now. */
  records(topic: string): Promise<readonly KafkaMessage[]>;
  dispose(): Promise<void>;
}

export async function kafkaScene(
  brokers: readonly string[],
  topics: Readonly<Record<string, number>> = { [TOPIC]: 4 },
): Promise<KafkaScene> {
  const connection: KafkaConnection = {
    brokers,
    clientId: 'khop-test',
    tls: false,
    sasl: null,
    prefix: `test-${randomUUID()}.`,
  };
  const client = createClient(connection, () => undefined);
  const name = (topic: string): string => topicName(connection, topic);
  await ensureTopics(client, [
    ...Object.entries(topics).map(([topic, partitions]) => ({
      topic: name(topic),
      partitions,
      replication: 1,
      retention: { hours: 1 },
    })),
    { topic: name(DEAD_LETTER_TOPIC), partitions: 1, replication: 1, retention: 'compact' as const },
  ]);
  const opened: KafkaEventBus[] = [];
  return {
    connection,
    client,
    open(settings) {
      const bus = createKafkaEventBus({ connection, source: '/khop/test', settings: { ...QUICK, ...settings } });
      opened.push(bus);
      return bus;
    },
    records: (topic) => readAll(client, name(topic), `${connection.prefix}${randomUUID()}`),
    async dispose() {
      await Promise.all(opened.map((bus) => bus.close()));
      const admin = client.admin();
      await admin.connect();
      await admin.deleteTopics({ topics: [...Object.keys(topics), DEAD_LETTER_TOPIC].map(name) });
      await admin.disconnect();
    },
  };
}

async function readAll(client: Kafka, topic: string, groupId: string): Promise<readonly KafkaMessage[]> {
  const admin = client.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const open = new Map(ends.flatMap(({ partition, high, low }) => (high === low ? [] : [[partition, Number(high)]])));
  const records: KafkaMessage[] = [];
  if (open.size === 0) return records;
  const consumer = client.consumer({ groupId, maxWaitTimeInMs: 20 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await new Promise<void>((resolve) => {
    void consumer.run({
      eachMessage: async ({ partition, message }) => {
        records.push(message);
        if (Number(message.offset) + 1 >= (open.get(partition) ?? 0)) open.delete(partition);
        if (open.size === 0) resolve();
      },
    });
  });
  await consumer.disconnect();
  return records;
}

export const message = (id: string, key: string): Message => ({ id, key, type: 'khop.work.judge.v1', data: { id } });

/** Resolves when it holds. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** A handler that remembers what it was given, and says done. */
export function remembering(work: (batch: readonly Delivery[]) => Promise<void> = () => Promise.resolve()): {
  readonly handler: Handler;
  readonly ids: string[];
} {
  const ids: string[] = [];
  return {
    ids,
    handler: async (batch) => {
      await work(batch);
      ids.push(...batch.map(({ message: { id } }) => id));
      return batch.map(() => ({ kind: 'done' }));
    },
  };
}
