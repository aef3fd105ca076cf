import { randomUUID } from 'node:crypto';
import type { Kafka, Message as KafkaRecord, Producer, TopicMessages } from 'kafkajs';
import { keyPartitioner, RETRY, topicName, type KafkaConnection } from '#libs/event-bus/kafka';
import type { LogPoint } from '#libs/event-store/port';
import { RelayFencedError } from './errors.ts';
import { markRecord, positionRecord, readState, relayRecord } from './relay-position.ts';
import { RELAY_POSITIONS_TOPIC, type RelaySettings } from './settings.ts';

/** What the brokers answer to a producer that has been replaced, or whose transaction they have ended because it said nothing. */
const ENDED = ['PRODUCER_FENCED', 'INVALID_PRODUCER_EPOCH', 'INVALID_TXN_STATE', 'INVALID_PRODUCER_ID_MAPPING'];

export interface TransactionsOptions {
  readonly kafka: Kafka;
  readonly connection: KafkaConnection;
  readonly settings: RelaySettings;
  readonly logId: string;
}

/**
 * Publishes in transactions, each with the position that it reaches. One relay of a log does so at a time: whoever opens ends those
 * before it, whose open transaction is undone.
 */
export class Transactions {
  readonly #options: TransactionsOptions;
  readonly #producer: Producer;
  readonly #relay = randomUUID();
  readonly #positions: string;

  private constructor(options: TransactionsOptions) {
    const { kafka, connection, settings, logId } = options;
    this.#options = options;
    this.#positions = topicName(connection, RELAY_POSITIONS_TOPIC);
    this.#producer = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      transactionalId: `${connection.prefix}khop-relay.${logId}`,
      transactionTimeout: settings.transactionTimeoutMs,
      createPartitioner: () => keyPartitioner,
      retry: RETRY,
    });
  }

  /** Ends the relays before, and says how far they were; undefined when there was none. */
  static async open(
    options: TransactionsOptions,
  ): Promise<{ readonly transactions: Transactions; readonly point: LogPoint | undefined }> {
    const transactions = new Transactions(options);
    try {
      await transactions.#producer.connect();
      const begin = relayRecord(options.logId, transactions.#relay);
      await transactions.#commit([{ topic: transactions.#positions, messages: [begin] }]);
      const { point } = await transactions.#read(begin);
      return { transactions, point };
    } catch (error) {
      await transactions.close();
      throw error;
    }
  }

  /**
   * Publishes all of it, or nothing. Rejects with `RelayFencedError` when another relay has begun; after any other error it can't be
   * told whether it was published: open anew, and see how far it came.
   */
  async publish(messages: readonly TopicMessages[], point: LogPoint): Promise<void> {
    try {
      await this.#commit([...messages, { topic: this.#positions, messages: [positionRecord(point)] }]);
    } catch (error) {
      if (isEnded(error) && (await this.#isReplaced())) {
        throw new RelayFencedError('Another relay of the same log has begun', { cause: error });
      }
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#producer.disconnect().catch(() => undefined);
  }

  async #commit(topicMessages: readonly TopicMessages[]): Promise<void> {
    const transaction = await this.#producer.transaction();
    try {
      await transaction.sendBatch({ topicMessages: [...topicMessages] });
    } catch (error) {
      await transaction.abort().catch(() => undefined);
      throw error;
    }
    await transaction.commit();
  }

  /** A transaction that took too long is ended in the same way as one of a relay that was replaced: the topic tells. */
  async #isReplaced(): Promise<boolean> {
    const mark = markRecord(randomUUID());
    const writer = this.#options.kafka.producer({ createPartitioner: () => keyPartitioner });
    await writer.connect();
    await writer.send({ topic: this.#positions, messages: [mark] });
    await writer.disconnect();
    const { relay } = await this.#read(mark);
    return relay !== this.#relay;
  }

  #read(upTo: KafkaRecord): ReturnType<typeof readState> {
    const { kafka, connection, settings, logId } = this.#options;
    const { prefix } = connection;
    return readState({ kafka, topic: this.#positions, prefix, logId, upTo, timeoutMs: settings.positionTimeoutMs });
  }
}

/** Looks through the causes: kafkajs wraps what the broker has said. */
function isEnded(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('type' in at && typeof at.type === 'string' && ENDED.includes(at.type)) return true;
  }
  return false;
}
