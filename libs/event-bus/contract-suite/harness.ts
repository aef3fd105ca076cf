import type { DeadLetter, Delivery, EventBus, Handler, Message, Outcome } from '#libs/event-bus/port';

/** The settings that every adapter has. */
export interface EventBusSettings {
  readonly batchSize: number;
  readonly maxQueuedMessages: number;
  readonly maxAttempts: number;
  readonly initialBackoffMs: number;
  readonly maxBackoffMs: number;
}

/** What binds the suite to an adapter. Each test has a harness of its own, with nothing on it. */
export interface EventBusHarness {
  /** Opens the bus; a second time, after it was closed, on what the first one has kept. */
  open(settings: EventBusSettings): Promise<EventBus>;
  dispose(): Promise<void>;
}

/** Opens a bus of the adapter under test; a second call closes the first one and opens it on what that has kept. */
export type Open = (settings?: Partial<EventBusSettings>) => Promise<EventBus>;

export const TOPIC = 'work';
export const GROUP = 'reconciler';

export const SETTINGS: EventBusSettings = {
  batchSize: 10,
  maxQueuedMessages: 1_000,
  maxAttempts: 3,
  initialBackoffMs: 1,
  maxBackoffMs: 4,
};

export const DONE: Outcome = { kind: 'done' };
export const retry = (reason: string): Outcome => ({ kind: 'retry', reason });
export const deadLetter = (reason: string): Outcome => ({ kind: 'dead-letter', reason });

/** `a1` is the message `a1` with the key `a`. */
export function message(id: string): Message {
  return { id, key: id.replace(/[0-9]+$/, ''), type: 'khop.work.judge.v1', data: { id } };
}
export const messages = (...ids: readonly string[]): Message[] => ids.map(message);

export const idsOf = (letters: readonly DeadLetter[]): string[] => letters.map((letter) => letter.message.id);

/** Resolves when it holds; a test that waits for ever fails by its timeout. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 1));
}

export interface Recorder {
  readonly handler: Handler;
  /** Ids of all deliveries, failed ones too, in the order in which they came. */
  readonly delivered: string[];
  /** Ids of the messages that were done. */
  readonly done: string[];
  readonly batches: (readonly Delivery[])[];
  /** What to say of a message from now on. */
  answer: (delivery: Delivery) => Outcome | Promise<Outcome>;
}

/** A handler that remembers what it was given, and says `done` until it is told otherwise. */
export function recorder(answer: Recorder['answer'] = () => DONE): Recorder {
  const made: Recorder = {
    answer,
    delivered: [],
    done: [],
    batches: [],
    handler: async (batch) => {
      made.batches.push(batch);
      made.delivered.push(...batch.map(({ message }) => message.id));
      const outcomes = await Promise.all(batch.map(async (delivery) => made.answer(delivery)));
      batch.forEach(({ message }, index) => {
        if (outcomes[index]?.kind === 'done') made.done.push(message.id);
      });
      return outcomes;
    },
  };
  return made;
}

/** Says `dead-letter` of the given messages, and `done` of all others. */
export const failing =
  (...ids: readonly string[]): Recorder['answer'] =>
  ({ message }) =>
    ids.includes(message.id) ? deadLetter('cannot be folded') : DONE;
