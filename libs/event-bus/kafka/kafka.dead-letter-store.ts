import { randomUUID } from 'node:crypto';
import type { EachBatchPayload, Kafka, Message as KafkaRecord, Producer } from 'kafkajs';
import { Signal } from '#libs/event-bus/delivery';
import {
  DeadLetterNotFoundError,
  type DeadLetter,
  type DeadLetterStore,
  type Message,
  type ParkedAt,
} from '#libs/event-bus/port';
import { toTimestamp, type Clock } from '#libs/platform';
import type { KafkaLog } from './client.ts';
import { ParkedIndex } from './parked-index.ts';
import { decodeParked, encodeParked, type ParkedRecord } from './parked-records.ts';
import type { KafkaEventBusSettings } from './settings.ts';
import { WatchedConsumer } from './watched-consumer.ts';

export interface KafkaDeadLetterStoreOptions {
  readonly kafka: Kafka;
  /** Where changes are written; idempotent. */
  readonly producer: () => Promise<Producer>;
  readonly topic: string;
  /** Stands before the name of the group that only this process is in. */
  readonly prefix: string;
  readonly source: string;
  readonly settings: KafkaEventBusSettings;
  readonly clock: Clock;
  readonly log: KafkaLog;
  /** Something about this key has changed: there may be something to do for whoever has its partition. */
  readonly onChange: (at: ParkedAt) => void;
}

/** While the brokers are away nothing is cleaned up. */
const CLOSE_TIMEOUT_MS = 2_000;

/** A change of the dead letters was written and not read back in time: it may or may not hold. */
export class DeadLettersUnavailableError extends Error {
  override readonly name = 'DeadLettersUnavailableError';
  readonly code = 'dead-letters-unavailable';
}

/**
 * Dead letters in a compacted topic of one partition. Every process folds all of it and so knows what is parked, wherever a
 * partition moves; a change counts once it was read back. Only the member that has a key's partition parks and handles its
 * messages; anyone may ask for a retry, or set a dead letter aside.
 */
export class KafkaDeadLetterStore implements DeadLetterStore {
  readonly #options: KafkaDeadLetterStoreOptions;
  readonly #index = new ParkedIndex();
  readonly #progress = new Signal();
  readonly #group: string;
  #follower: WatchedConsumer | undefined;
  #started: Promise<void> | undefined;
  /** Offset of the next record. */
  #next = 0;
  /** Changes follow one another: each decides on what the one before has left. */
  #changing: Promise<unknown> = Promise.resolve();

  constructor(options: KafkaDeadLetterStoreOptions) {
    this.#options = options;
    this.#group = `${options.prefix}dead-letters.${randomUUID()}`;
  }

  /** Knows all that was written before the call. */
  async refresh(): Promise<void> {
    await this.#start();
    // A mark that leaves nothing behind when the topic is compacted.
    await this.#write([{ key: `mark:${this.#group}`, value: null }]);
  }

  isParked(at: ParkedAt): boolean {
    return this.#index.isParked(at);
  }

  first(at: ParkedAt): Message | undefined {
    return this.#index.first(at);
  }

  letters(): readonly DeadLetter[] {
    return this.#index.letters();
  }

  /** None: whoever has a key's partition asks what is `due`, when it gets the partition and whenever something changes. */
  released(): readonly string[] {
    return [];
  }

  /** What a key is to be handled again with; see `ParkedIndex.due`. */
  due(at: ParkedAt): DeadLetter | null | undefined {
    return this.#index.due(at);
  }

  keysOf(topic: string, group: string): readonly string[] {
    return this.#index.keysOf(topic, group);
  }

  async park({ message, topic, group, ...failure }: Omit<DeadLetter, 'waiting'>): Promise<void> {
    const at = { topic, group, key: message.key };
    const { reason, attempts, firstFailedAt, lastFailedAt } = failure;
    await this.#change(() => {
      const order = this.#index.orderOf(at, message.id);
      const parked = { message, order, failure: { reason, attempts, firstFailedAt, lastFailedAt } };
      return [{ kind: 'message', at, parked }];
    });
  }

  async hold(at: ParkedAt, messages: readonly Message[]): Promise<boolean> {
    let held = true;
    await this.#change(() => {
      const more = messages.filter(({ id }) => !this.#index.has(at, id));
      const count = this.#index.count(at);
      held = count > 0 && count + more.length <= this.#options.settings.maxHeldPerKey + 1;
      const order = this.#index.orderOf(at, '');
      return held
        ? more.map((message, index) => ({
            kind: 'message',
            at,
            parked: { message, order: order + index, failure: null },
          }))
        : [];
    });
    return held;
  }

  async handled(at: ParkedAt, messageId: string): Promise<void> {
    await this.#change(() => (this.#index.has(at, messageId) ? [{ kind: 'handled', at, messageId }] : []));
  }

  async requestRetry({ topic, group, message }: DeadLetter): Promise<void> {
    const at = { topic, group, key: message.key };
    await this.#change(() => [{ kind: 'retry-requested', at, messageId: message.id }]);
  }

  async setAside(at: ParkedAt, messageId: string, reason: string): Promise<void> {
    await this.#change(() => {
      if (this.#index.first(at)?.id !== messageId) throw new DeadLetterNotFoundError(`No dead letter ${messageId}`);
      return [
        { kind: 'set-aside', at, messageId, reason },
        { kind: 'handled', at, messageId },
      ];
    });
  }

  async close(): Promise<void> {
    if (this.#follower === undefined) return;
    await this.#follower.close();
    const admin = this.#options.kafka.admin();
    // What a crash leaves of the group goes by itself, with the retention of offsets.
    const deleting = admin.connect().then(() => admin.deleteGroups([this.#group]));
    await before(Date.now() + CLOSE_TIMEOUT_MS, deleting, new Error('too late')).catch(() => undefined);
    await admin.disconnect().catch(() => undefined);
  }

  #start(): Promise<void> {
    const { kafka, topic, settings, log } = this.#options;
    if (this.#started !== undefined) return this.#started;
    this.#follower = new WatchedConsumer({
      kafka,
      topic,
      groupId: this.#group,
      settings,
      log,
      onBatch: (payload) => this.#follow(payload),
    });
    return (this.#started = this.#follower.start());
  }

  /** Folds what is new: a consumer that was started anew begins at the beginning. */
  async #follow(payload: EachBatchPayload): Promise<void> {
    for (const record of payload.batch.messages) {
      const offset = Number(record.offset);
      if (offset >= this.#next) {
        this.#next = offset + 1;
        const parked = decodeParked(record);
        if (parked !== undefined) {
          this.#index.apply(parked);
          this.#options.onChange(parked.at);
        }
      }
      payload.resolveOffset(record.offset);
    }
    this.#progress.notify();
    await payload.heartbeat();
  }

  #change(decide: () => readonly ParkedRecord[]): Promise<void> {
    const change = this.#changing.then(async () => {
      await this.#start();
      const records = decide();
      if (records.length === 0) return;
      const { source, clock } = this.#options;
      await this.#write(records.map((record) => encodeParked(record, source, toTimestamp(clock()))));
    });
    this.#changing = change.catch(() => undefined);
    return change;
  }

  async #write(messages: readonly KafkaRecord[]): Promise<void> {
    const { topic, settings, producer } = this.#options;
    const deadline = Date.now() + settings.deadLetterTimeoutMs;
    const late = new DeadLettersUnavailableError(
      `Dead letters were not read back in ${settings.deadLetterTimeoutMs} ms`,
    );
    const sending = producer().then((made) => made.send({ topic, messages: [...messages] }));
    const [written] = await before(deadline, sending, late);
    const end = Number(written?.baseOffset ?? 0) + messages.length;
    while (this.#next < end) await before(deadline, this.#progress.wait(), late);
  }
}

/** The promise’s value when it comes before the deadline; rejects with the error otherwise. */
async function before<T>(deadline: number, promise: Promise<T>, error: Error): Promise<T> {
  let timeout: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timeout = setTimeout(() => reject(error), Math.max(0, deadline - Date.now()));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timeout);
  }
}
