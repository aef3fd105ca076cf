import type { DeadLetter, Message } from './event-bus.ts';

/** A key of a group whose messages wait. */
export interface ParkedAt {
  readonly topic: string;
  readonly group: string;
  readonly key: string;
}

/**
 * Keeps what handlers gave up on, in order, with what waits behind it: the first message of a parked key is the dead
 * letter, or, once that was set aside or handled, the next to be handled. Questions are answered at once from what is
 * known; a change is kept for good when its promise resolves, and one that is rejected has changed nothing.
 */
export interface DeadLetterStore {
  /** True while messages of this key have to wait. */
  isParked(at: ParkedAt): boolean;
  /** The first message that is kept for this key. */
  first(at: ParkedAt): Message | undefined;
  /** Every dead letter, oldest first. */
  letters(): readonly DeadLetter[];
  /** Keys of a group that are parked with nothing dead before them: to go on with after a restart. */
  released(topic: string, group: string): readonly string[];

  /** The first message of its key is dead; also after one more try of a dead letter. */
  park(letter: Omit<DeadLetter, 'waiting'>): Promise<void>;
  /**
   * Lets later messages of a parked key wait; those that wait already are left out. False when they can't: the key is
   * not parked any more, or the store is full.
   */
  hold(at: ParkedAt, messages: readonly Message[]): Promise<boolean>;
  /** The first message of the key has been handled after all. */
  handled(at: ParkedAt, messageId: string): Promise<void>;
  /** The dead letter is left for good. */
  setAside(at: ParkedAt, messageId: string, reason: string): Promise<void>;
}
