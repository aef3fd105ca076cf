import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kafka, KafkaMessage } from 'kafkajs';
import { createClient, ensureTopics, topicName, type KafkaConnection } from '#libs/event-bus/kafka';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { RELAY_TOPIC_SETTINGS, relayTopics } from '../settings.ts';
import { readSettings } from '#libs/platform';

/** A log, and topics of its own for what is told of it. */
export interface RelayScene {
  readonly directory: string;
  readonly store: SqliteEventStore;
  readonly connection: KafkaConnection;
  /** Reads a topic, committed messages only, and goes on reading. */
  follow(topic: string): Promise<FollowedTopic>;
  dispose(): Promise<void>;
}

export interface FollowedTopic {
  readonly messages: readonly KafkaMessage[];
  /** Resolves when so many have come. */
  reaches(count: number): Promise<void>;
}

export const connectionTo = (brokers: readonly string[], prefix: string): KafkaConnection => ({
  brokers,
  clientId: 'khop-test',
  tls: false,
  sasl: null,
  prefix,
});

export async function relayScene(brokers: readonly string[]): Promise<RelayScene> {
  const directory = await mkdtemp(join(tmpdir(), 'khop-relay-'));
  const store = await SqliteEventStore.open({ directory });
  const connection = connectionTo(brokers, `test-${randomUUID()}.`);
  const kafka = createClient(connection, () => undefined);
  const topics = relayTopics(readSettings(RELAY_TOPIC_SETTINGS, {})).map((definition) => ({
    ...definition,
    topic: topicName(connection, definition.topic),
  }));
  await ensureTopics(kafka, topics);
  const closing: (() => Promise<void>)[] = [];
  return {
    directory,
    store,
    connection,
    follow: (topic) => followTopic(kafka, topicName(connection, topic), closing),
    async dispose() {
      await Promise.all(closing.map((close) => close()));
      await store.close();
      await rm(directory, { recursive: true });
      const admin = kafka.admin();
      await admin.connect();
      await admin.deleteTopics({ topics: topics.map(({ topic }) => topic) });
      await admin.disconnect();
    },
  };
}

async function followTopic(kafka: Kafka, topic: string, closing: (() => Promise<void>)[]): Promise<FollowedTopic> {
  const messages: KafkaMessage[] = [];
  const consumer = kafka.consumer({ groupId: `${topic}.${randomUUID()}`, maxWaitTimeInMs: 50 });
  closing.push(() => consumer.disconnect());
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message }) => {
      messages.push(message);
    },
  });
  return {
    messages,
    async reaches(count) {
      while (messages.length < count) await new Promise((resolve) => setTimeout(resolve, 10));
    },
  };
}
