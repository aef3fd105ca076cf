import {
  DEFAULT_DELIVERY_SETTINGS,
  Epochs,
  Group,
  systemTimer,
  type DeliverySettings,
  type GroupContext,
  type Timer,
} from '#libs/event-bus/delivery';
import {
  DeadLetterNotFoundError,
  EventBusClosedError,
  type DeadLetter,
  type DeadLetterStore,
  type EventBus,
  type GroupOptions,
  type Handler,
  type Message,
  type Subscription,
} from '#libs/event-bus/port';
import { systemClock, type Clock } from '#libs/platform';

export interface InProcessEventBusOptions {
  readonly deadLetters: DeadLetterStore;
  readonly settings?: Partial<DeliverySettings>;
  readonly clock?: Clock;
  readonly timer?: Timer;
}

/**
 * The bus of a hub in one process. It keeps nothing but dead letters: a message that was not handled when the process
 * ended comes again from whoever published it. A message goes to the groups that its topic has when it is published; a
 * group without members keeps what it has been given, up to its bound.
 */
export class InProcessEventBus implements EventBus {
  readonly #context: GroupContext;
  readonly #epochs = new Epochs();
  readonly #topics = new Map<string, Map<string, Group>>();
  /** Publishers of a topic come one after the other, so that none overtakes one that waits for room. */
  readonly #publishing = new Map<string, Promise<void>>();
  #closed = false;

  constructor({ deadLetters, settings, clock = systemClock, timer = systemTimer }: InProcessEventBusOptions) {
    this.#context = {
      deadLetters,
      settings: { ...DEFAULT_DELIVERY_SETTINGS, ...settings },
      progress: this.#epochs,
      clock,
      timer,
    };
  }

  /** Rejects with `EventBusClosedError`. */
  async publish(topic: string, messages: readonly Message[]): Promise<void> {
    const before = this.#publishing.get(topic);
    const publishing =
      before === undefined ? this.#add(topic, messages) : before.then(() => this.#add(topic, messages));
    const tail = publishing.catch(() => undefined);
    this.#publishing.set(topic, tail);
    try {
      await publishing;
    } finally {
      if (this.#publishing.get(topic) === tail) this.#publishing.delete(topic);
    }
  }

  async subscribe<T>(options: GroupOptions, handler: Handler<T>): Promise<Subscription> {
    this.#assertOpen();
    return this.#group(options).join(handler);
  }

  idle(): Promise<void> {
    return this.#epochs.settled();
  }

  async deadLetters(): Promise<readonly DeadLetter[]> {
    return this.#context.deadLetters.letters();
  }

  /** Rejects with `DeadLetterNotFoundError`. The dead letter is there until it has been handled. */
  async retryDeadLetter(messageId: string, group: string): Promise<void> {
    this.#assertOpen();
    const letter = this.#letter(messageId, group);
    this.#group(letter).redeliver(letter.message.key, letter);
  }

  /** Rejects with `DeadLetterNotFoundError`. */
  async setAsideDeadLetter(messageId: string, group: string, reason: string): Promise<void> {
    this.#assertOpen();
    const { topic, message } = this.#letter(messageId, group);
    const at = { topic, group, key: message.key };
    await this.#context.deadLetters.setAside(at, messageId, reason);
    if (this.#context.deadLetters.isParked(at)) this.#group(at).redeliver(message.key);
  }

  /** Lets what is being handled finish. Publishers that wait, and those that wait for `idle`, are told that it is closed. */
  async close(): Promise<void> {
    this.#closed = true;
    const groups = [...this.#topics.values()].flatMap((topic) => [...topic.values()]);
    await Promise.all(groups.map((group) => group.close()));
    this.#epochs.close();
  }

  async #add(topic: string, messages: readonly Message[]): Promise<void> {
    for (let next = 0; next < messages.length;) {
      this.#assertOpen();
      const groups = [...(this.#topics.get(topic)?.values() ?? [])];
      const full = groups.find(({ room }) => room <= 0);
      if (full !== undefined) {
        await full.changed();
        continue;
      }
      const end = Math.min(messages.length, next + Math.min(...groups.map(({ room }) => room)));
      for (const message of messages.slice(next, end)) {
        for (const group of groups) group.add(message, this.#epochs.begin());
      }
      for (const group of groups) group.announce();
      next = end;
    }
  }

  #group({ topic, group: name }: GroupOptions): Group {
    const groups = this.#topics.get(topic) ?? new Map<string, Group>();
    const group = groups.get(name) ?? new Group({ topic, group: name }, this.#context);
    this.#topics.set(topic, groups.set(name, group));
    return group;
  }

  #letter(messageId: string, group: string): DeadLetter {
    const letters = this.#context.deadLetters.letters();
    const letter = letters.find((one) => one.message.id === messageId && one.group === group);
    if (letter === undefined) throw new DeadLetterNotFoundError(`Group ${group} has no dead letter ${messageId}`);
    return letter;
  }

  #assertOpen(): void {
    if (this.#closed) throw new EventBusClosedError('The event bus is closed');
  }
}
