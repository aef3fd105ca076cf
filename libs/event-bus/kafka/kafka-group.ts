import { setTimeout as sleep } from 'node:timers/promises';
import type { EachBatchPayload, Kafka } from 'kafkajs';
import { Group, Signal, systemTimer, type Epochs } from '#libs/event-bus/delivery';
import type { Delivery, GroupOptions, Handler, Outcome, Subscription } from '#libs/event-bus/port';
import type { Clock } from '#libs/platform';
import type { KafkaLog } from './client.ts';
import { toMessage, UNREADABLE } from './cloud-event.ts';
import type { KafkaDeadLetterStore } from './kafka.dead-letter-store.ts';
import { OffsetTracker } from './offset-tracker.ts';
import { partitionOf } from './partitioner.ts';
import type { KafkaEventBusSettings } from './settings.ts';
import { nameOf, WatchedConsumer, type ConsumerStatus } from './watched-consumer.ts';

export interface KafkaGroupContext {
  readonly kafka: Kafka;
  readonly settings: KafkaEventBusSettings;
  readonly deadLetters: KafkaDeadLetterStore;
  readonly epochs: Epochs;
  readonly clock: Clock;
  readonly log: KafkaLog;
  /** How many partitions a topic has now. */
  readonly partitionsOf: (topic: string) => Promise<number>;
}

/** The partitions of one spell of membership, and what of them is under way: the next spell begins anew. */
interface Spell {
  readonly group: Group;
  readonly tracker: OffsetTracker;
  readonly partitions: ReadonlySet<number>;
  readonly partitionCount: number;
  readonly members: Map<Handler, Subscription>;
  /** Nothing more of it is handed over. */
  over: boolean;
  /** The membership has ended: others may have these partitions, and commit. */
  left: boolean;
}

/**
 * A group of a topic as this process takes part in it: one consumer, whatever the number of local members. Messages are
 * handed over as the in-process bus does it; an offset is committed when everything before it is done or a dead letter.
 */
export class KafkaGroup {
  readonly #options: GroupOptions;
  readonly #context: KafkaGroupContext;
  readonly #topic: string;
  readonly #handlers = new Map<symbol, Handler>();
  readonly #consumer: WatchedConsumer;
  readonly #advanced = new Signal();
  readonly #entered = new Signal();
  #started: Promise<void> | undefined;
  #spell: Promise<Spell> | undefined;
  #current: Spell | undefined;
  #commitTimer: NodeJS.Timeout | undefined;
  #committing: Promise<void> = Promise.resolve();

  /** The topic and the group are given as messages name them; `names` says what Kafka calls them. */
  constructor(
    options: GroupOptions,
    names: { readonly topic: string; readonly groupId: string },
    context: KafkaGroupContext,
  ) {
    const { settings, kafka, log } = context;
    this.#options = options;
    this.#context = context;
    this.#topic = names.topic;
    this.#consumer = new WatchedConsumer({
      kafka,
      ...names,
      settings,
      log,
      consumer: {
        rebalanceTimeout: settings.rebalanceTimeoutMs,
        maxBytesPerPartition: settings.fetchMaxBytesPerPartition,
      },
      run: { partitionsConsumedConcurrently: settings.concurrentPartitions },
      onBatch: (payload) => this.#take(payload),
      onJoin: (partitions) => this.#beginSpell(partitions),
      onLoss: () => void this.#endSpell(),
    });
  }

  get status(): ConsumerStatus & { readonly partitions: readonly number[] } {
    return { ...this.#consumer.status, partitions: [...(this.#current?.partitions ?? [])] };
  }

  /** Resolves when messages come. */
  async join(handler: Handler): Promise<Subscription> {
    const member = Symbol('member');
    const own: Handler = (batch) => withoutUnreadable(batch, handler);
    this.#handlers.set(member, own);
    const spell = this.#current;
    if (spell !== undefined && !spell.over) spell.members.set(own, spell.group.join(own));
    this.#started ??= this.#consumer.start().then(() => this.#entered.wait());
    await this.#started;
    return { close: () => this.#leave(member) };
  }

  /** Handles what is parked under a key once more, when that is due and its partition is here. */
  redeliver(key: string): void {
    const spell = this.#current;
    if (spell === undefined || spell.over) return;
    if (!spell.partitions.has(partitionOf(key, spell.partitionCount))) return;
    const due = this.#context.deadLetters.due({ ...this.#options, key });
    if (due !== undefined) spell.group.redeliver(key, due ?? undefined);
  }

  /** Commits what is done. */
  commit(): Promise<void> {
    clearTimeout(this.#commitTimer);
    this.#commitTimer = undefined;
    return (this.#committing = this.#committing.then(() => this.#commit()));
  }

  /** Resolves when more is done than when it was called. */
  advanced(): Promise<void> {
    return this.#advanced.wait();
  }

  /** Whether nobody here would handle anything: it has left the group. */
  get deserted(): boolean {
    return this.#handlers.size === 0;
  }

  /** Lets what is being handled finish, and leaves the group. */
  async close(): Promise<void> {
    await this.#endSpell();
    await this.commit();
    this.#current = undefined;
    await this.#consumer.close();
    this.#entered.notify();
    clearTimeout(this.#commitTimer);
  }

  async #leave(member: symbol): Promise<void> {
    const handler = this.#handlers.get(member);
    if (handler === undefined) return;
    this.#handlers.delete(member);
    if (this.#handlers.size > 0) {
      await this.#current?.members.get(handler)?.close();
      return;
    }
    // Others get what nobody here would handle.
    await this.close();
  }

  #beginSpell(partitions: readonly number[]): void {
    if (this.#current !== undefined) this.#current.left = true;
    const former = this.#endSpell();
    const spell = former.then(() => this.#openSpell(partitions));
    this.#spell = spell;
    spell.then(
      (opened) => {
        if (this.#spell === spell) this.#enter(opened);
      },
      (error: unknown) => {
        this.#context.log('warn', 'a group can’t begin', { ...this.#options, error: nameOf(error) });
        if (this.#spell === spell) this.#consumer.restart();
      },
    );
  }

  async #openSpell(partitions: readonly number[]): Promise<Spell> {
    const { settings, deadLetters, epochs, clock, partitionsOf } = this.#context;
    const { topic, group: name } = this.#options;
    // Whoever had these partitions before may have parked messages.
    await deadLetters.refresh();
    const partitionCount = await partitionsOf(this.#topic);
    const tracker = new OffsetTracker(epochs, () => this.#onAdvance());
    const group = new Group(
      { topic, group: name },
      { settings, deadLetters, progress: tracker, clock, timer: systemTimer },
    );
    return {
      group,
      tracker,
      partitions: new Set(partitions),
      partitionCount,
      members: new Map(),
      over: false,
      left: false,
    };
  }

  #enter(spell: Spell): void {
    this.#current = spell;
    for (const handler of this.#handlers.values()) spell.members.set(handler, spell.group.join(handler));
    const { topic, group } = this.#options;
    for (const key of this.#context.deadLetters.keysOf(topic, group)) this.redeliver(key);
    this.#entered.notify();
  }

  /** What is not being handled yet is forgotten: it comes again, here or to another member. */
  async #endSpell(): Promise<void> {
    const spell = this.#current;
    if (spell === undefined) return;
    spell.over = true;
    await spell.group.close();
  }

  async #take(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const { partition } = batch;
    const heartbeat = (): Promise<void> => payload.heartbeat();
    const spell = await this.#alive(this.#spell ?? Promise.reject(new Error('not a member')), heartbeat);
    const goesOn = (): boolean => !spell.over && payload.isRunning();
    const messages = batch.messages.map((record) => ({
      offset: record.offset,
      message: toMessage(record, `${batch.topic}/${partition}/${record.offset}`),
    }));
    try {
      for (let next = 0; next < messages.length && goesOn();) {
        const end = Math.min(messages.length, next + Math.max(0, spell.group.room));
        for (const { offset, message } of messages.slice(next, end)) {
          spell.group.add(message, spell.tracker.track(partition, Number(offset)));
        }
        if (end > next) spell.group.announce();
        const last = messages[end - 1];
        if (last !== undefined && end > next) payload.resolveOffset(last.offset);
        next = end;
        if (next < messages.length) await this.#alive(spell.group.changed(), heartbeat);
      }
      // While it lasts, the brokers don't give the partition away: a rebalance waits for what is being handled.
      while (!spell.group.resting && goesOn()) await this.#alive(spell.group.changed(), heartbeat);
      await heartbeat();
    } catch (error) {
      // It has lost the partition, or can't tell: what is being handled is finished and committed before it joins again.
      await this.#endSpell();
      await this.commit();
      throw error;
    }
    if (spell.over) await spell.group.close();
    void this.commit();
  }

  /** Waits for something, and tells the brokers meanwhile that this member lives. */
  async #alive<T>(promise: Promise<T>, heartbeat: () => Promise<void>): Promise<T> {
    const done = new AbortController();
    const beat = async (): Promise<never> => {
      for (;;) {
        await sleep(this.#context.settings.heartbeatIntervalMs, undefined, { signal: done.signal });
        this.#consumer.sign();
        await heartbeat();
      }
    };
    try {
      return await Promise.race([promise, beat()]);
    } finally {
      done.abort();
    }
  }

  #onAdvance(): void {
    this.#advanced.notify();
    this.#commitTimer ??= setTimeout(() => void this.commit(), this.#context.settings.commitIntervalMs);
  }

  async #commit(): Promise<void> {
    const spell = this.#current;
    const offsets = spell?.tracker.uncommitted() ?? [];
    if (spell === undefined || spell.left || offsets.length === 0) return;
    try {
      await this.#consumer.commit(offsets);
      spell.tracker.committed(offsets);
    } catch (error) {
      // It comes again, with what is done until then; or to whoever has the partition now.
      this.#context.log('info', 'offsets were not committed', { ...this.#options, error: nameOf(error) });
    }
  }
}

/** What can't be read is dead before the handler is asked. */
async function withoutUnreadable(batch: readonly Delivery[], handler: Handler): Promise<readonly Outcome[]> {
  const readable = batch.filter(({ message }) => message.type !== UNREADABLE);
  if (readable.length === batch.length) return handler(batch);
  const outcomes = [...(readable.length === 0 ? [] : await handler(readable))];
  return batch.map(({ message }): Outcome => {
    if (message.type === UNREADABLE) return { kind: 'dead-letter', reason: 'message-unreadable' };
    return outcomes.shift() ?? { kind: 'retry', reason: 'handler-answer-incomplete' };
  });
}
