import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeEventBus } from '#libs/event-bus/contract-suite';
import { EventStoreDeadLetterStore, InMemoryDeadLetterStore } from '#libs/event-bus/dead-letters';
import { InProcessEventBus } from '#libs/event-bus/in-process';
import {
  createClient,
  createKafkaEventBus,
  DEAD_LETTER_TOPIC,
  ensureTopics,
  topicName,
  type KafkaConnection,
} from '#libs/event-bus/kafka';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { describeWith, findKafka } from '#tests/support/infra';

describeEventBus('in-process, dead letters in memory:', async () => {
  const deadLetters = new InMemoryDeadLetterStore();
  return {
    open: (settings) => Promise.resolve(new InProcessEventBus({ deadLetters, settings })),
    dispose: () => Promise.resolve(),
  };
});

describeEventBus('in-process, dead letters in the log:', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'khop-bus-'));
  let store: SqliteEventStore | undefined;
  return {
    open: async (settings) => {
      await store?.close();
      store = await SqliteEventStore.open({ directory });
      return new InProcessEventBus({ deadLetters: await EventStoreDeadLetterStore.open(store), settings });
    },
    dispose: async () => {
      await store?.close();
      await rm(directory, { recursive: true });
    },
  };
});

describeWith(await findKafka(), 'on Kafka', (kafka) => {
  describeEventBus('Kafka', async () => {
    const connection: KafkaConnection = {
      brokers: kafka().brokers,
      clientId: 'khop-test',
      tls: false,
      sasl: null,
      prefix: `test-${randomUUID()}.`,
    };
    const client = createClient(connection, () => undefined);
    const topic = (name: string, partitions: number) => ({
      topic: topicName(connection, name),
      partitions,
      replication: 1,
    });
    await ensureTopics(client, [
      { ...topic('work', 2), retention: { hours: 1 } },
      { ...topic('other', 2), retention: { hours: 1 } },
      { ...topic(DEAD_LETTER_TOPIC, 1), retention: 'compact' },
    ]);
    return {
      open: (settings) =>
        Promise.resolve(
          createKafkaEventBus({
            connection,
            source: '/khop/test',
            settings: { ...settings, fetchMaxWaitMs: 20, commitIntervalMs: 5, pollMs: 5 },
          }),
        ),
      dispose: async () => {
        const admin = client.admin();
        await admin.connect();
        await admin.deleteTopics({
          topics: ['work', 'other', DEAD_LETTER_TOPIC].map((name) => topicName(connection, name)),
        });
        await admin.disconnect();
      },
    };
  });
});
