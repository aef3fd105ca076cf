import type { DeadLetter, Message, ParkedAt } from '#libs/event-bus/port';

/** What a handler gave up on, without the message itself. */
export type Failure = Pick<DeadLetter, 'reason' | 'attempts' | 'firstFailedAt' | 'lastFailedAt'>;

/** What happens to the messages of one key: the events of its stream. */
export type ParkedEvent =
  | { readonly kind: 'dead-lettered'; readonly message: Message; readonly failure: Failure }
  | { readonly kind: 'held'; readonly message: Message }
  | { readonly kind: 'handled'; readonly messageId: string }
  | { readonly kind: 'set-aside'; readonly messageId: string; readonly reason: string };

/** The messages of one key that are kept, in order. With a failure, the first of them is a dead letter. */
export class ParkedKey {
  readonly at: ParkedAt;
  /** Version of the key's stream; −1 before its first event. */
  version = -1;
  failure: Failure | null = null;
  readonly #messages = new Map<string, Message>();

  constructor(at: ParkedAt) {
    this.at = at;
  }

  get size(): number {
    return this.#messages.size;
  }

  get first(): Message | undefined {
    return this.#messages.values().next().value;
  }

  has(messageId: string): boolean {
    return this.#messages.has(messageId);
  }

  /** The dead letter with what waits behind it; undefined while what waits is being handled. */
  get letter(): DeadLetter | undefined {
    const { first, failure } = this;
    if (first === undefined || failure === null) return undefined;
    const { topic, group } = this.at;
    return { message: first, topic, group, ...failure, waiting: this.size - 1 };
  }

  apply(event: ParkedEvent): void {
    this.version += 1;
    switch (event.kind) {
      case 'dead-lettered':
        this.#messages.set(event.message.id, event.message);
        this.failure = event.failure;
        return;
      case 'held':
        this.#messages.set(event.message.id, event.message);
        return;
      case 'handled':
      case 'set-aside':
        this.#messages.delete(event.messageId);
        this.failure = null;
        return;
      default:
        event satisfies never;
    }
  }
}

/** Every key that is parked, by topic and group. */
export class ParkedKeys {
  readonly #byGroup = new Map<string, Map<string, ParkedKey>>();

  find({ topic, group, key }: ParkedAt): ParkedKey | undefined {
    // Asked for each message that passes the bus, and almost always there is nothing.
    if (this.#byGroup.size === 0) return undefined;
    return this.#byGroup.get(groupKey(topic, group))?.get(key);
  }

  ofGroup(topic: string, group: string): readonly ParkedKey[] {
    return [...(this.#byGroup.get(groupKey(topic, group))?.values() ?? [])];
  }

  all(): readonly ParkedKey[] {
    return [...this.#byGroup.values()].flatMap((keys) => [...keys.values()]);
  }

  /** Remembers a key; one with no messages is parked no more. */
  put(parked: ParkedKey): void {
    const { topic, group, key } = parked.at;
    const name = groupKey(topic, group);
    const keys = this.#byGroup.get(name) ?? new Map<string, ParkedKey>();
    if (parked.size > 0) keys.set(key, parked);
    else keys.delete(key);
    if (keys.size > 0) this.#byGroup.set(name, keys);
    else this.#byGroup.delete(name);
  }
}

const groupKey = (topic: string, group: string): string => `${topic}\u0000${group}`;
