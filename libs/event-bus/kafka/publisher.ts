import { setTimeout as sleep } from 'node:timers/promises';
import type { Message as KafkaRecord, Producer } from 'kafkajs';
import { EventBusClosedError } from '#libs/event-bus/port';
import type { KafkaLog } from './client.ts';
import type { KafkaEventBusSettings } from './settings.ts';
import { nameOf } from './watched-consumer.ts';

export interface PublisherOptions {
  /** The producer of the moment; `anew` when the former one can’t go on. */
  readonly producer: (anew?: Producer) => Promise<Producer>;
  /** What Kafka calls a topic. */
  readonly topicName: (topic: string) => string;
  /** How many more messages the slowest of the groups takes over now; may be negative. */
  readonly room: (topic: string) => Promise<number>;
  readonly settings: KafkaEventBusSettings;
  readonly log: KafkaLog;
}

interface Publication {
  readonly records: readonly KafkaRecord[];
  sent: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

interface Lane {
  readonly publications: Publication[];
  /** What is being sent; after a failure the same is sent again, so that the brokers recognise what they have already. */
  batch: readonly KafkaRecord[];
  /** How many messages may be sent before room is asked for again. */
  credit: number;
  sending: boolean;
}

/** After these the producer’s own count of messages is of no use any more: it takes a new producer to go on. */
const FATAL = ['OUT_OF_ORDER_SEQUENCE_NUMBER', 'UNKNOWN_PRODUCER_ID', 'INVALID_PRODUCER_EPOCH', 'PRODUCER_FENCED'];
const MAX_RETRY_MS = 2_000;

/**
 * Sends messages in the order of their publications, several of these in one request. While the brokers are away, or the groups have
 * as much as they take over, publishers wait.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #lanes = new Map<string, Lane>();
  readonly #closing = new AbortController();
  #awaySince: number | null = null;

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  /** Milliseconds since 1970 from which on nothing could be sent; null when all is well. */
  get awaySince(): number | null {
    return this.#awaySince;
  }

  /** Rejects with `EventBusClosedError`. */
  publish(topic: string, records: readonly KafkaRecord[]): Promise<void> {
    if (this.#closing.signal.aborted) return Promise.reject(closed());
    if (records.length === 0) return Promise.resolve();
    const lane = this.#lanes.get(topic) ?? { publications: [], batch: [], credit: 0, sending: false };
    this.#lanes.set(topic, lane);
    return new Promise((resolve, reject) => {
      lane.publications.push({ records, sent: 0, resolve, reject });
      if (!lane.sending) void this.#drain(topic, lane);
    });
  }

  close(): void {
    this.#closing.abort();
    for (const { publications } of this.#lanes.values()) {
      for (const { reject } of publications.splice(0)) reject(closed());
    }
  }

  async #drain(topic: string, lane: Lane): Promise<void> {
    lane.sending = true;
    for (let failures = 0; lane.publications.length > 0 && !this.#closing.signal.aborted;) {
      try {
        if (await this.#sendNext(topic, lane)) this.#awaySince = null;
        else await this.#pause(this.#options.settings.pollMs);
        failures = 0;
      } catch (error) {
        this.#awaySince ??= Date.now();
        this.#options.log('warn', 'messages can’t be sent', { topic, error: nameOf(error) });
        failures += 1;
        await this.#pause(Math.min(MAX_RETRY_MS, 100 * 2 ** failures));
      }
    }
    lane.sending = false;
  }

  /** False when there is no room. */
  async #sendNext(topic: string, lane: Lane): Promise<boolean> {
    if (lane.batch.length === 0) {
      if (lane.credit <= 0) lane.credit = await this.#options.room(topic);
      if (lane.credit <= 0) return false;
      lane.batch = this.#nextBatch(lane);
    }
    const producer = await this.#options.producer();
    try {
      await producer.send({ topic: this.#options.topicName(topic), messages: [...lane.batch] });
    } catch (error) {
      if (isFatal(error)) await this.#options.producer(producer);
      throw error;
    }
    let left = lane.batch.length;
    lane.credit -= left;
    lane.batch = [];
    for (let first; left > 0 && (first = lane.publications[0]) !== undefined;) {
      const taken = Math.min(left, first.records.length - first.sent);
      first.sent += taken;
      left -= taken;
      if (first.sent < first.records.length) break;
      lane.publications.shift();
      first.resolve();
    }
    return true;
  }

  #nextBatch({ publications, credit }: Lane): readonly KafkaRecord[] {
    const limit = Math.min(credit, this.#options.settings.maxMessagesPerRequest);
    const batch: KafkaRecord[] = [];
    for (const { records, sent } of publications) {
      if (batch.length >= limit) break;
      batch.push(...records.slice(sent, sent + limit - batch.length));
    }
    return batch;
  }

  async #pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.#closing.signal }).catch(() => undefined);
  }
}

const closed = (): EventBusClosedError => new EventBusClosedError('The event bus is closed');

/** Looks through the causes: kafkajs wraps what the broker has said. */
function isFatal(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('type' in at && typeof at.type === 'string' && FATAL.includes(at.type)) return true;
  }
  return false;
}
