import type { DeadLetter, Message, ParkedAt } from '#libs/event-bus/port';
import type { Parked, ParkedRecord } from './parked-records.ts';

interface ParkedKey {
  readonly at: ParkedAt;
  /** In their order. */
  readonly messages: Parked[];
  /** The dead letter that someone wants to have handled once more. */
  retryRequested: string | null;
}

/** What is parked, folded from the records of the dead-letter topic in their order: every process comes to the same. */
export class ParkedIndex {
  readonly #byGroup = new Map<string, Map<string, ParkedKey>>();

  apply(record: ParkedRecord): void {
    const { at } = record;
    const known = this.#find(at);
    switch (record.kind) {
      case 'message':
        this.#put(known ?? { at, messages: [], retryRequested: null }, record.parked);
        return;
      case 'retry-requested':
        if (known !== undefined && first(known)?.message.id === record.messageId)
          known.retryRequested = record.messageId;
        return;
      case 'handled':
      case 'set-aside':
        if (known !== undefined) this.#remove(known, record.messageId);
        return;
      default:
        record satisfies never;
    }
  }

  isParked(at: ParkedAt): boolean {
    // Asked for each message that passes the bus, and almost always there is nothing.
    return this.#byGroup.size > 0 && this.#find(at) !== undefined;
  }

  first(at: ParkedAt): Message | undefined {
    const known = this.#find(at);
    return known && first(known)?.message;
  }

  has(at: ParkedAt, messageId: string): boolean {
    return this.#find(at)?.messages.some(({ message }) => message.id === messageId) ?? false;
  }

  /** How many messages of a key are kept. */
  count(at: ParkedAt): number {
    return this.#find(at)?.messages.length ?? 0;
  }

  /** The place of a message among those of its key: its own when it is there, else behind all of them. */
  orderOf(at: ParkedAt, messageId: string): number {
    const messages = this.#find(at)?.messages ?? [];
    return messages.find(({ message }) => message.id === messageId)?.order ?? (messages.at(-1)?.order ?? 0) + 1;
  }

  letters(): DeadLetter[] {
    const keys = [...this.#byGroup.values()].flatMap((group) => [...group.values()]);
    const letters = keys.flatMap((key) => letterOf(key) ?? []);
    return letters.sort((a, b) => (a.firstFailedAt < b.firstFailedAt ? -1 : Number(a.firstFailedAt > b.firstFailedAt)));
  }

  /**
   * What a key is to be handled again with: its dead letter when that was asked for, nothing (`null`) when what waits may go on;
   * undefined when it has to wait, or nothing is parked.
   */
  due(at: ParkedAt): DeadLetter | null | undefined {
    const known = this.#find(at);
    if (known === undefined) return undefined;
    if (first(known)?.failure === null) return null;
    return known.retryRequested === null ? undefined : letterOf(known);
  }

  keysOf(topic: string, group: string): readonly string[] {
    return [...(this.#byGroup.get(groupName(topic, group))?.keys() ?? [])];
  }

  #find({ topic, group, key }: ParkedAt): ParkedKey | undefined {
    return this.#byGroup.get(groupName(topic, group))?.get(key);
  }

  #put(known: ParkedKey, parked: Parked): void {
    const { at, messages } = known;
    const { id } = parked.message;
    const place = messages.findIndex(({ message }) => message.id === id);
    if (place >= 0) messages.splice(place, 1);
    const behind = messages.findIndex(({ order }) => order > parked.order);
    messages.splice(behind < 0 ? messages.length : behind, 0, parked);
    if (known.retryRequested === id) known.retryRequested = null;
    const name = groupName(at.topic, at.group);
    const keys = this.#byGroup.get(name) ?? new Map<string, ParkedKey>();
    this.#byGroup.set(name, keys.set(at.key, known));
  }

  #remove(known: ParkedKey, messageId: string): void {
    const { at, messages } = known;
    if (known.retryRequested === messageId) known.retryRequested = null;
    const place = messages.findIndex(({ message }) => message.id === messageId);
    if (place >= 0) messages.splice(place, 1);
    if (messages.length > 0) return;
    const name = groupName(at.topic, at.group);
    const keys = this.#byGroup.get(name);
    keys?.delete(at.key);
    if (keys?.size === 0) this.#byGroup.delete(name);
  }
}

const first = ({ messages }: ParkedKey): Parked | undefined => messages[0];

function letterOf(known: ParkedKey): DeadLetter | undefined {
  const dead = first(known);
  if (dead?.failure == null) return undefined;
  const { topic, group } = known.at;
  return { message: dead.message, topic, group, ...dead.failure, waiting: known.messages.length - 1 };
}

const groupName = (topic: string, group: string): string => `${topic}\u0000${group}`;
