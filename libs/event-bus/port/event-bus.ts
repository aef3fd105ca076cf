/** A message: a reference and a verdict at most, never a personal value. */
export interface Message<T = unknown> {
  readonly id: string;
  /** Messages with one key are handled in order, one at a time. */
  readonly key: string;
  readonly type: string;
  readonly data: T;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a handler says of a message: the outcome is data. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly reason: string }
  | { readonly kind: 'dead-letter'; readonly reason: string };

export interface Delivery<T = unknown> {
  readonly message: Message<T>;
  /** 1 for the first try. */
  readonly attempt: number;
}

/**
 * Handles a batch and says of each message what became of it, in the order given. No two messages of a batch have
 * the same key, so they may be handled in any order. A handler that throws counts as `retry` for the whole batch, with the
 * error's code or name as the reason: its message might repeat a personal value.
 */
export type Handler<T = unknown> = (batch: readonly Delivery<T>[]) => Promise<readonly Outcome[]>;

export interface GroupOptions {
  readonly topic: string;
  /** Each group gets every message once; the members of a group share them out by key. */
  readonly group: string;
}

/** A message that a handler gave up on. Later messages of its key wait behind it until it is retried or set aside. */
export interface DeadLetter {
  readonly message: Message;
  readonly topic: string;
  readonly group: string;
  readonly reason: string;
  readonly attempts: number;
  readonly firstFailedAt: string;
  readonly lastFailedAt: string;
  /** How many later messages of the same key wait behind it. */
  readonly waiting: number;
}

export interface Subscription {
  close(): Promise<void>;
}

export interface EventBus {
  /** Resolves when the messages are taken over by the bus; waits while its queues are full. */
  publish(topic: string, messages: readonly Message[]): Promise<void>;
  subscribe<T>(options: GroupOptions, handler: Handler<T>): Promise<Subscription>;
  /** Resolves once everything published so far is done or dead-lettered. */
  idle(): Promise<void>;
  deadLetters(): Promise<readonly DeadLetter[]>;
  /**
   * Hands the message to its group again; what waits behind it follows. It is a dead letter until it has been handled. Rejects
   * with `DeadLetterNotFoundError`.
   */
  retryDeadLetter(messageId: string, group: string): Promise<void>;
  /** Leaves the message for good, with a reason; what waits behind it goes on. Rejects with `DeadLetterNotFoundError`. */
  setAsideDeadLetter(messageId: string, group: string, reason: string): Promise<void>;
  close(): Promise<void>;
}
