import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin, Kafka, Producer } from 'kafkajs';
import { Epochs } from '#libs/event-bus/delivery';
import {
  DeadLetterNotFoundError,
  EventBusClosedError,
  type DeadLetter,
  type EventBus,
  type GroupOptions,
  type Handler,
  type Message,
  type Subscription,
} from '#libs/event-bus/port';
import { systemClock, toTimestamp, type Clock } from '#libs/platform';
import { createClient, createIdempotentProducer, PATIENT_RETRY, type KafkaLog } from './client.ts';
import { toRecord } from './cloud-event.ts';
import type { KafkaConnection } from './connection.settings.ts';
import { KafkaDeadLetterStore } from './kafka.dead-letter-store.ts';
import { KafkaGroup } from './kafka-group.ts';
import { deadLetterTopic, groupIdOf, topicName } from './names.ts';
import { lagOf, progressOf } from './offsets.ts';
import { Publisher } from './publisher.ts';
import { DEFAULT_KAFKA_EVENT_BUS_SETTINGS, type KafkaEventBusSettings } from './settings.ts';
import type { ConsumerStatus } from './watched-consumer.ts';

export interface KafkaEventBusOptions {
  readonly connection: KafkaConnection;
  /** CloudEvents source of what is published: a URI reference such as `/khop/linker`. */
  readonly source: string;
  readonly settings?: Partial<KafkaEventBusSettings>;
  readonly clock?: Clock;
  readonly log?: KafkaLog;
}

export interface KafkaGroupStatus extends ConsumerStatus, GroupOptions {
  /** The partitions that this process has now. */
  readonly partitions: readonly number[];
}

/** For health and metrics. */
export interface KafkaBusStatus {
  /** Milliseconds since 1970 from which on nothing could be published; null when all is well. */
  readonly awaySince: number | null;
  readonly groups: readonly KafkaGroupStatus[];
}

/**
 * The bus between processes. A message is taken over when the brokers have it on all replicas that are in sync; it is delivered at least
 * once, and again after a crash or when its partition moves before it was committed. A new group begins with what the topic still has.
 * Topics have to be there: see `ensureTopics`.
 */
export class KafkaEventBus implements EventBus {
  readonly #connection: KafkaConnection;
  readonly #settings: KafkaEventBusSettings;
  readonly #kafka: Kafka;
  readonly #consuming: Kafka;
  readonly #clock: Clock;
  readonly #source: string;
  readonly #log: KafkaLog;
  readonly #deadLetters: KafkaDeadLetterStore;
  readonly #publisher: Publisher;
  readonly #epochs = new Epochs();
  readonly #groups = new Map<string, KafkaGroup & { readonly of: GroupOptions }>();
  #producer: Promise<Producer> | undefined;
  #admin: Promise<Admin> | undefined;
  /** Those who wait for `idle` and don't know yet what for. */
  readonly #marking = new Set<Promise<unknown>>();
  #closed = false;

  constructor({ connection, source, settings, clock = systemClock, log = () => undefined }: KafkaEventBusOptions) {
    this.#connection = connection;
    this.#settings = { ...DEFAULT_KAFKA_EVENT_BUS_SETTINGS, ...settings };
    this.#kafka = createClient(connection, log);
    this.#consuming = createClient(connection, log, PATIENT_RETRY);
    this.#clock = clock;
    this.#source = source;
    this.#log = log;
    const producer = (anew?: Producer): Promise<Producer> => this.#connectProducer(anew);
    this.#publisher = new Publisher({
      producer,
      topicName: (topic) => topicName(connection, topic),
      room: (topic) => this.#roomOf(topic),
      settings: this.#settings,
      log,
    });
    this.#deadLetters = new KafkaDeadLetterStore({
      kafka: this.#consuming,
      producer,
      topic: deadLetterTopic(connection),
      prefix: connection.prefix,
      source,
      settings: this.#settings,
      clock,
      log,
      onChange: (at) => this.#groups.get(groupIdOf(connection, at))?.redeliver(at.key),
    });
  }

  /** Rejects with `EventBusClosedError`. While the brokers are away it waits. */
  publish(topic: string, messages: readonly Message[]): Promise<void> {
    const time = toTimestamp(this.#clock());
    const records = messages.map((message) => toRecord(message, { source: this.#source, time }));
    // What is published while the ends of the topics are asked for comes behind them.
    const { size } = this.#marking;
    if (size === 0) return this.#publisher.publish(topic, records);
    return Promise.allSettled(this.#marking).then(() => this.#publisher.publish(topic, records));
  }

  /** Resolves when messages come: it has joined the group and knows what is parked. While the brokers are away it waits. */
  async subscribe<T>(options: GroupOptions, handler: Handler<T>): Promise<Subscription> {
    this.#assertOpen();
    const groupId = groupIdOf(this.#connection, options);
    const group = this.#groups.get(groupId) ?? this.#newGroup(options, groupId);
    this.#groups.set(groupId, group);
    // What is published on a topic has the type that its subscribers name.
    const subscription = await group.join(handler as Handler);
    return {
      close: async () => {
        await subscription.close();
        if (group.deserted && this.#groups.get(groupId) === group) this.#groups.delete(groupId);
      },
    };
  }

  /** Resolves once the groups of this process have handled what is now in their topics, whoever of their members does it. */
  async idle(): Promise<void> {
    const groups = [...this.#groups];
    const marking = Promise.all(groups.map(async ([groupId, group]) => this.#endsOf(groupId, group)));
    this.#marking.add(marking);
    let ends: readonly (() => Promise<void>)[];
    try {
      ends = await marking;
    } finally {
      this.#marking.delete(marking);
    }
    await Promise.all(ends.map((passed) => passed()));
    await this.#epochs.settled();
  }

  async deadLetters(): Promise<readonly DeadLetter[]> {
    await this.#deadLetters.refresh();
    return this.#deadLetters.letters();
  }

  /** Whichever process has the message's partition handles it. Rejects with `DeadLetterNotFoundError`. */
  async retryDeadLetter(messageId: string, group: string): Promise<void> {
    await this.#deadLetters.requestRetry(await this.#letter(messageId, group));
  }

  /** Rejects with `DeadLetterNotFoundError`. */
  async setAsideDeadLetter(messageId: string, group: string, reason: string): Promise<void> {
    const { topic, message } = await this.#letter(messageId, group);
    await this.#deadLetters.setAside({ topic, group, key: message.key }, messageId, reason);
  }

  status(): KafkaBusStatus {
    const groups = [...this.#groups.values()].map((group) => ({ ...group.of, ...group.status }));
    return { awaySince: this.#publisher.awaySince, groups };
  }

  /** How many messages of a topic a group has not handled yet, whatever process its members are in. */
  async lag(options: GroupOptions): Promise<number> {
    const topic = topicName(this.#connection, options.topic);
    return lagOf(await progressOf(await this.#connectAdmin(), topic, groupIdOf(this.#connection, options)));
  }

  /** Lets what is being handled finish, and commits it. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#publisher.close();
    await Promise.all([...this.#groups.values()].map((group) => group.close()));
    this.#epochs.close();
    await this.#deadLetters.close();
    await Promise.all([disconnect(this.#producer), disconnect(this.#admin)]);
  }

  /** The ends of a group's topic as they are now; what is returned resolves when the group has passed them. */
  async #endsOf(groupId: string, group: KafkaGroup & { readonly of: GroupOptions }): Promise<() => Promise<void>> {
    const admin = await this.#connectAdmin();
    const topic = topicName(this.#connection, group.of.topic);
    const ends = new Map(
      (await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)]),
    );
    return async () => {
      for (;;) {
        this.#assertOpen();
        await group.commit();
        const progress = await progressOf(admin, topic, groupId);
        if (progress.every(({ partition, committed }) => committed >= (ends.get(partition) ?? 0))) return;
        await Promise.race([group.advanced(), sleep(this.#settings.pollMs)]);
      }
    };
  }

  #newGroup(of: GroupOptions, groupId: string): KafkaGroup & { readonly of: GroupOptions } {
    const group = new KafkaGroup(
      of,
      { topic: topicName(this.#connection, of.topic), groupId },
      {
        kafka: this.#consuming,
        settings: this.#settings,
        deadLetters: this.#deadLetters,
        epochs: this.#epochs,
        clock: this.#clock,
        log: this.#log,
        partitionsOf: (topic) => this.#partitionsOf(topic),
      },
    );
    return Object.assign(group, { of });
  }

  async #partitionsOf(topic: string): Promise<number> {
    const { topics } = await (await this.#connectAdmin()).fetchTopicMetadata({ topics: [topic] });
    return topics[0]?.partitions.length ?? 0;
  }

  /** Asked when what was granted before is used up. */
  async #roomOf(name: string): Promise<number> {
    const topic = topicName(this.#connection, name);
    const remote = this.#settings.remoteGroups[name] ?? [];
    const local = [...this.#groups.values()].flatMap(({ of }) => (of.topic === name ? [of.group] : []));
    const groups = new Set([...remote, ...local]);
    if (groups.size === 0) return Infinity;
    const admin = await this.#connectAdmin();
    const lags = await Promise.all(
      [...groups].map(async (group) =>
        lagOf(await progressOf(admin, topic, groupIdOf(this.#connection, { topic: name, group }))),
      ),
    );
    return this.#settings.maxQueuedMessages - Math.max(...lags);
  }

  async #letter(messageId: string, group: string): Promise<DeadLetter> {
    this.#assertOpen();
    const letters = await this.deadLetters();
    const letter = letters.find((one) => one.message.id === messageId && one.group === group);
    if (letter === undefined) throw new DeadLetterNotFoundError(`Group ${group} has no dead letter ${messageId}`);
    return letter;
  }

  /** One that was not made is made again by whoever asks next. */
  #connectProducer(anew?: Producer): Promise<Producer> {
    if (anew !== undefined) {
      this.#producer = undefined;
      void anew.disconnect().catch(() => undefined);
    }
    if (this.#producer !== undefined) return this.#producer;
    const producer = createIdempotentProducer(this.#kafka);
    const connecting = producer.connect().then(() => producer);
    this.#producer = connecting;
    connecting.catch(() => {
      if (this.#producer === connecting) this.#producer = undefined;
    });
    return connecting;
  }

  #connectAdmin(): Promise<Admin> {
    if (this.#admin !== undefined) return this.#admin;
    const admin = this.#kafka.admin();
    const connecting = admin.connect().then(() => admin);
    this.#admin = connecting;
    connecting.catch(() => {
      if (this.#admin === connecting) this.#admin = undefined;
    });
    return connecting;
  }

  #assertOpen(): void {
    if (this.#closed) throw new EventBusClosedError('The event bus is closed');
  }
}

/** What never came to be connected needs no disconnecting. */
async function disconnect(connecting: Promise<{ disconnect(): Promise<void> }> | undefined): Promise<void> {
  const connected = await connecting?.catch(() => undefined);
  await connected?.disconnect();
}

export const createKafkaEventBus = (options: KafkaEventBusOptions): KafkaEventBus => new KafkaEventBus(options);
