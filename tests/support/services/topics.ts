import { randomUUID } from 'node:crypto';
import type { EachBatchHandler, KafkaMessage } from 'kafkajs';
import { createClient, keyPartitioner, topicName, type KafkaConnection } from '#libs/event-bus/kafka';

export const connectionTo = (brokers: readonly string[], prefix: string): KafkaConnection => ({
  brokers,
  clientId: 'khop-test',
  tls: false,
  sasl: null,
  prefix,
});

const EMPTY_FETCHES_AT_END = 10;

/** Everything that stands in a topic now, committed messages only; in order for each key. */
export async function readTopic(connection: KafkaConnection, topic: string): Promise<readonly KafkaMessage[]> {
  const name = topicName(connection, topic);
  const kafka = createClient(connection, () => undefined);
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(name).finally(() => admin.disconnect());
  const open = new Map(
    ends.filter(({ low, high }) => low !== high).map(({ partition, high }) => [partition, Number(high)]),
  );
  const messages: KafkaMessage[] = [];
  if (open.size === 0) return messages;
  const consumer = kafka.consumer({ groupId: `${name}.${randomUUID()}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics: [name], fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    let emptyFetches = 0;
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    // Marks of transactions take offsets that no message has: an end may never be reached.
    consumer.on(consumer.events.FETCH, () => {
      emptyFetches += 1;
      if (emptyFetches > EMPTY_FETCHES_AT_END) resolve();
    });
    const eachBatch: EachBatchHandler = async ({ batch }) => {
      emptyFetches = 0;
      messages.push(...batch.messages);
      if (Number(batch.lastOffset()) + 1 >= (open.get(batch.partition) ?? 0)) open.delete(batch.partition);
      if (open.size === 0) resolve();
    };
    consumer.run({ autoCommit: false, eachBatch }).catch(reject);
  });
  await consumer.disconnect();
  return messages;
}

/** Writes into a topic once more what stands in it, as a producer would that did not hear the brokers' answer. */
export async function publishAgain(connection: KafkaConnection, topic: string): Promise<number> {
  const messages = await readTopic(connection, topic);
  const producer = createClient(connection, () => undefined).producer({ createPartitioner: () => keyPartitioner });
  await producer.connect();
  const atOnce = 1_000;
  for (let from = 0; from < messages.length; from += atOnce) {
    await producer.send({
      topic: topicName(connection, topic),
      messages: messages
        .slice(from, from + atOnce)
        .map(({ key, value, headers }) => ({ key, value, ...(headers && { headers }) })),
    });
  }
  await producer.disconnect();
  return messages.length;
}
