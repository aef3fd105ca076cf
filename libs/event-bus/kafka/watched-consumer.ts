import type { Consumer, ConsumerConfig, ConsumerRunConfig, EachBatchPayload, Kafka } from 'kafkajs';
import { PATIENT_RETRY, type KafkaLog } from './client.ts';
import type { KafkaEventBusSettings } from './settings.ts';

export type WatchSettings = Pick<
  KafkaEventBusSettings,
  'watchdogMs' | 'initialRestartMs' | 'maxRestartMs' | 'heartbeatIntervalMs' | 'sessionTimeoutMs' | 'fetchMaxWaitMs'
>;

export interface WatchedConsumerOptions {
  /** With `PATIENT_RETRY`. */
  readonly kafka: Kafka;
  readonly topic: string;
  readonly groupId: string;
  readonly settings: WatchSettings;
  readonly log: KafkaLog;
  readonly consumer?: Partial<ConsumerConfig>;
  readonly run?: ConsumerRunConfig;
  readonly onBatch: (payload: EachBatchPayload) => Promise<void>;
  /** It is a member of its group, with these partitions; what was assigned before is not its own any more. */
  readonly onJoin?: (partitions: readonly number[]) => void;
  /** Its partitions are being given out anew, or it has lost them. */
  readonly onLoss?: () => void;
}

/** What one sees of a consumer from outside. */
export interface ConsumerStatus {
  readonly running: boolean;
  /** Milliseconds since 1970 at which something was last heard of it. */
  readonly lastSignAt: number;
  /** How often it had to be started anew. */
  readonly restarts: number;
}

/** Ending a consumer that hangs may hang too: it is left to itself after so long. */
const ABANDON_AFTER_MS = 5_000;

/**
 * A consumer of a topic that stays at it. One that crashes, stops, or falls silent is ended and started anew, for as long as
 * it takes: kafkajs restarts by itself only after some of its errors.
 */
export class WatchedConsumer {
  readonly #options: WatchedConsumerOptions;
  #consumer: Consumer | undefined;
  #closed = false;
  #restarting: NodeJS.Timeout | undefined;
  #watchdog: NodeJS.Timeout | undefined;
  #crashes = 0;
  #restarts = 0;
  #lastSignAt = Date.now();
  #joined: { readonly promise: Promise<void>; readonly resolve: () => void };

  constructor(options: WatchedConsumerOptions) {
    this.#options = options;
    let resolve = (): void => undefined;
    const promise = new Promise<void>((resolved) => (resolve = resolved));
    this.#joined = { promise, resolve };
  }

  get status(): ConsumerStatus {
    return { running: this.#consumer !== undefined, lastSignAt: this.#lastSignAt, restarts: this.#restarts };
  }

  /** Resolves when it has joined its group for the first time, however long that takes; also when it is closed before. */
  start(): Promise<void> {
    this.#watchdog = setInterval(() => this.#watch(), Math.max(50, this.#options.settings.watchdogMs / 4));
    this.#watchdog.unref();
    this.#begin();
    return this.#joined.promise;
  }

  /** Says that it lives, for what takes longer than the brokers would wait. */
  sign(): void {
    this.#lastSignAt = Date.now();
  }

  /** Rejects when the partitions are not its own any more. */
  async commit(offsets: readonly { readonly partition: number; readonly offset: number }[]): Promise<void> {
    const { topic } = this.#options;
    const consumer = this.#consumer;
    if (consumer === undefined) throw new Error(`The consumer of ${topic} is not running`);
    await consumer.commitOffsets(
      offsets.map(({ partition, offset }) => ({ topic, partition, offset: String(offset) })),
    );
  }

  /** Ends it and starts it anew. */
  restart(): void {
    if (this.#consumer !== undefined) this.#restart(this.#consumer);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#watchdog);
    clearTimeout(this.#restarting);
    await this.#end();
    this.#joined.resolve();
  }

  #begin(): void {
    const { kafka, topic, groupId, settings, log } = this.#options;
    const consumer = kafka.consumer({
      groupId,
      sessionTimeout: settings.sessionTimeoutMs,
      heartbeatInterval: settings.heartbeatIntervalMs,
      maxWaitTimeInMs: settings.fetchMaxWaitMs,
      ...this.#options.consumer,
      retry: { ...PATIENT_RETRY, restartOnFailure: () => Promise.resolve(false) },
    });
    this.#consumer = consumer;
    this.sign();
    this.#listen(consumer);
    this.#run(consumer).catch((error: unknown) => {
      log('warn', 'a consumer can’t be started', { topic, groupId, error: nameOf(error) });
      this.#restart(consumer);
    });
  }

  async #run(consumer: Consumer): Promise<void> {
    await consumer.connect();
    await consumer.subscribe({ topics: [this.#options.topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      ...this.#options.run,
      eachBatch: async (payload) => {
        if (this.#consumer !== consumer) throw new Error('This consumer was given up');
        await this.#options.onBatch(payload);
      },
    });
  }

  #listen(consumer: Consumer): void {
    const { topic, groupId, onJoin, onLoss, log } = this.#options;
    const { events } = consumer;
    const mine = (): boolean => this.#consumer === consumer;
    const sign = (): void => {
      if (mine()) this.sign();
    };
    consumer.on(events.HEARTBEAT, sign);
    // Each try to fetch counts: one that can’t reach the brokers is not silent.
    consumer.on(events.FETCH_START, sign);
    consumer.on(events.FETCH, sign);
    consumer.on(events.START_BATCH_PROCESS, sign);
    consumer.on(events.END_BATCH_PROCESS, sign);
    consumer.on(events.REBALANCING, () => {
      if (mine()) onLoss?.();
    });
    consumer.on(events.GROUP_JOIN, ({ payload }) => {
      if (!mine()) return;
      this.sign();
      this.#crashes = 0;
      onJoin?.(payload.memberAssignment[topic] ?? []);
      this.#joined.resolve();
    });
    consumer.on(events.CRASH, ({ payload }) => {
      log('warn', 'a consumer has crashed', { topic, groupId, error: nameOf(payload.error) });
      this.#restart(consumer);
    });
    consumer.on(events.STOP, () => this.#restart(consumer));
  }

  #watch(): void {
    const { topic, groupId, settings, log } = this.#options;
    const consumer = this.#consumer;
    const silentMs = Date.now() - this.#lastSignAt;
    if (consumer === undefined || silentMs < settings.watchdogMs) return;
    log('warn', 'a consumer has fallen silent', { topic, groupId, silentMs });
    this.#restart(consumer);
  }

  #restart(consumer: Consumer): void {
    if (this.#closed || this.#consumer !== consumer) return;
    const { settings, onLoss } = this.#options;
    onLoss?.();
    void this.#end();
    this.#restarts += 1;
    const pause = Math.min(settings.maxRestartMs, settings.initialRestartMs * 2 ** this.#crashes);
    this.#crashes += 1;
    this.#restarting = setTimeout(() => this.#begin(), pause);
  }

  async #end(): Promise<void> {
    const consumer = this.#consumer;
    this.#consumer = undefined;
    if (consumer === undefined) return;
    let timeout: NodeJS.Timeout | undefined;
    await Promise.race([
      consumer.disconnect().catch(() => undefined),
      new Promise((resolve) => (timeout = setTimeout(resolve, ABANDON_AFTER_MS))),
    ]);
    clearTimeout(timeout);
  }
}

/** The name of an error: kafkajs's messages name brokers and groups, those of others might repeat anything. */
export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return 'type' in error && typeof error.type === 'string' ? `${error.name} ${error.type}` : error.name;
}
