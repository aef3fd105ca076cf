import { randomUUID } from 'node:crypto';
import type { Producer } from 'kafkajs';
import { createClient, createIdempotentProducer, type KafkaLog } from './client.ts';
import type { KafkaConnection } from './connection.settings.ts';
import { topicName } from './names.ts';
import type { KafkaEventBusSettings } from './settings.ts';
import { WatchedConsumer } from './watched-consumer.ts';

export interface SharedMapOptions {
  readonly connection: KafkaConnection;
  /** A compacted topic of one partition. */
  readonly topic: string;
  readonly settings: KafkaEventBusSettings;
  readonly log: KafkaLog;
}

/** What several processes tell each other, the newest value of each key: no place for anything that must not be lost. */
export class SharedMap<T> {
  readonly #topic: string;
  readonly #options: SharedMapOptions;
  readonly #values = new Map<string, T>();
  #producer: Promise<Producer> | undefined;
  #consumer: WatchedConsumer | undefined;

  constructor(options: SharedMapOptions) {
    this.#options = options;
    this.#topic = topicName(options.connection, options.topic);
  }

  /** Tells the others; `undefined` removes the key. Rejects when the brokers can't be reached. */
  async put(key: string, value: T | undefined): Promise<void> {
    const producer = await this.#connect();
    await producer.send({
      topic: this.#topic,
      messages: [{ key, value: value === undefined ? null : JSON.stringify(value) }],
    });
  }

  /** Follows what is told from now on, having read what has been told before. */
  async follow(): Promise<void> {
    const { connection, settings, log } = this.#options;
    const kafka = createClient(connection, log);
    const admin = kafka.admin();
    await admin.connect();
    const ends = await admin.fetchTopicOffsets(this.#topic).finally(() => admin.disconnect());
    const end = Math.max(0, ...ends.map(({ high }) => Number(high)));
    const read = Promise.withResolvers<undefined>();
    if (end === 0) read.resolve(undefined);
    this.#consumer = new WatchedConsumer({
      kafka,
      topic: this.#topic,
      groupId: `${this.#topic}.${randomUUID()}`,
      settings,
      log,
      onBatch: async (payload) => {
        const { batch } = payload;
        for (const { key, value, offset } of batch.messages) {
          this.#take(key?.toString() ?? '', value?.toString());
          payload.resolveOffset(offset);
        }
        if (Number(batch.lastOffset()) + 1 >= end) read.resolve(undefined);
        await payload.heartbeat();
      },
    });
    await this.#consumer.start();
    await read.promise;
  }

  entries(): ReadonlyMap<string, T> {
    return this.#values;
  }

  async close(): Promise<void> {
    await this.#consumer?.close();
    await (await this.#producer?.catch(() => undefined))?.disconnect();
  }

  #take(key: string, value: string | undefined): void {
    if (value === undefined) this.#values.delete(key);
    else {
      try {
        this.#values.set(key, JSON.parse(value) as T);
      } catch {
        this.#options.log('warn', 'a message of a shared topic can’t be read', { topic: this.#topic });
      }
    }
  }

  #connect(): Promise<Producer> {
    if (this.#producer === undefined) {
      const { connection, log } = this.#options;
      const producer = createIdempotentProducer(createClient(connection, log));
      const connecting = producer.connect().then(() => producer);
      connecting.catch(() => {
        if (this.#producer === connecting) this.#producer = undefined;
      });
      this.#producer = connecting;
    }
    return this.#producer;
  }
}
