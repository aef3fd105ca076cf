import {
  DeadLetterNotFoundError,
  type DeadLetter,
  type DeadLetterStore,
  type Message,
  type ParkedAt,
} from '#libs/event-bus/port';
import type { Journal } from './journal.ts';
import { ParkedKey, ParkedKeys, type ParkedEvent } from './parked-messages.ts';

export interface DeadLetterSettings {
  /** How many messages of one key may wait behind a dead letter; more are left with whoever publishes them. */
  readonly maxHeldPerKey: number;
}
export const DEFAULT_DEAD_LETTER_SETTINGS: DeadLetterSettings = { maxHeldPerKey: 10_000 };

const MAX_DECISIONS = 5;

/** Keeps dead letters in a journal, and answers from memory. */
export class JournaledDeadLetterStore implements DeadLetterStore {
  readonly #keys: ParkedKeys;
  readonly #journal: Journal;
  readonly #settings: DeadLetterSettings;
  /** Changes of one key follow one another. */
  readonly #running = new Map<string, Promise<unknown>>();

  constructor(journal: Journal, keys = new ParkedKeys(), settings = DEFAULT_DEAD_LETTER_SETTINGS) {
    this.#journal = journal;
    this.#keys = keys;
    this.#settings = settings;
  }

  isParked(at: ParkedAt): boolean {
    return this.#keys.find(at) !== undefined;
  }

  first(at: ParkedAt): Message | undefined {
    return this.#keys.find(at)?.first;
  }

  letters(): readonly DeadLetter[] {
    const letters = this.#keys.all().flatMap(({ letter }) => letter ?? []);
    return letters.sort((a, b) => (a.firstFailedAt < b.firstFailedAt ? -1 : Number(a.firstFailedAt > b.firstFailedAt)));
  }

  released(topic: string, group: string): readonly string[] {
    return this.#keys.ofGroup(topic, group).flatMap(({ failure, at }) => (failure === null ? [at.key] : []));
  }

  async park({ message, topic, group, ...failure }: Omit<DeadLetter, 'waiting'>): Promise<void> {
    const { reason, attempts, firstFailedAt, lastFailedAt } = failure;
    const dead: ParkedEvent = {
      kind: 'dead-lettered',
      message,
      failure: { reason, attempts, firstFailedAt, lastFailedAt },
    };
    await this.#change({ topic, group, key: message.key }, (parked) => {
      if (parked.first === undefined || parked.first.id === message.id) return [dead];
      // Another process has parked this key meanwhile: this message comes after what it kept.
      return parked.has(message.id) ? [] : [{ kind: 'held', message }];
    });
  }

  async hold(at: ParkedAt, messages: readonly Message[]): Promise<boolean> {
    let held = true;
    await this.#change(at, (parked) => {
      const more = messages.filter(({ id }) => !parked.has(id));
      held = parked.size > 0 && parked.size + more.length <= this.#settings.maxHeldPerKey + 1;
      return held ? more.map((message) => ({ kind: 'held', message })) : [];
    });
    return held;
  }

  async handled(at: ParkedAt, messageId: string): Promise<void> {
    await this.#change(at, (parked) => (parked.has(messageId) ? [{ kind: 'handled', messageId }] : []));
  }

  async setAside(at: ParkedAt, messageId: string, reason: string): Promise<void> {
    await this.#change(at, (parked) => {
      if (parked.letter?.message.id !== messageId) throw new DeadLetterNotFoundError(`No dead letter ${messageId}`);
      return [{ kind: 'set-aside', messageId, reason }];
    });
  }

  #change(at: ParkedAt, decide: (parked: ParkedKey) => readonly ParkedEvent[]): Promise<void> {
    const name = JSON.stringify([at.topic, at.group, at.key]);
    const before = this.#running.get(name) ?? Promise.resolve();
    const change = before.catch(() => undefined).then(() => this.#write(at, decide));
    this.#running.set(name, change);
    const forget = (): void => {
      if (this.#running.get(name) === change) this.#running.delete(name);
    };
    change.then(forget, forget);
    return change;
  }

  async #write(at: ParkedAt, decide: (parked: ParkedKey) => readonly ParkedEvent[]): Promise<void> {
    let parked = this.#keys.find(at) ?? new ParkedKey(at);
    for (let round = 1; round <= MAX_DECISIONS; round++) {
      const events = decide(parked);
      if (events.length === 0 || (await this.#journal.append(parked, events))) {
        for (const event of events) parked.apply(event);
        this.#keys.put(parked);
        return;
      }
      parked = await this.#journal.load(at);
    }
    throw new Error(`The dead letters of group ${at.group} are being changed by others too often`);
  }
}
