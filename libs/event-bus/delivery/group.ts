import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DeadLetter, Delivery, GroupOptions, Handler, Message, Outcome, Subscription } from '#libs/event-bus/port';
import type { GroupContext } from './group-context.ts';
import { Lanes, type Lane } from './lanes.ts';
import { Settler } from './settler.ts';
import { Signal } from './signal.ts';

/** So many batches are handled in a row before other work of the process gets its turn. */
const BATCHES_PER_TURN = 8;

/** A handler said something of fewer, or of more, messages than it was given. */
class WrongAnswerError extends Error {
  override readonly name = 'WrongAnswerError';
  readonly code = 'handler-answer-incomplete';

  constructor(answered: number, given: number) {
    super(`The handler answered ${answered} of ${given} messages`);
  }
}

/** A code or a name: the message of an error that is not ours might repeat a personal value. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/** One group of a topic: gives every message to one of its members, in order per key, until it is settled. */
export class Group {
  readonly #context: GroupContext;
  readonly #lanes = new Lanes();
  readonly #work = new Signal();
  readonly #changes = new Signal();
  readonly #settler: Settler;
  readonly #members = new Set<Promise<void>>();
  #handling = 0;
  #closed = false;

  constructor(options: GroupOptions, context: GroupContext) {
    this.#context = context;
    this.#settler = new Settler(options, context, this.#lanes, () => this.#work.notify());
    for (const key of context.deadLetters.released(options.topic, options.group)) this.redeliver(key);
  }

  /** How many more messages the group takes over now. */
  get room(): number {
    return this.#context.settings.maxQueuedMessages - this.#lanes.size;
  }

  /** Resolves when something has been handled, or the group is closed: there may be room again. */
  changed(): Promise<void> {
    return this.#changes.wait();
  }

  /** True when nothing is being handled or could be: all that is left waits for its next try, or for a member. */
  get resting(): boolean {
    return this.#handling === 0 && !(this.#lanes.waiting && this.#members.size > 0);
  }

  /** Takes a message over; the token is given back when it is settled. */
  add(message: Message, token: number): void {
    this.#lanes.add({ message, token });
  }

  /** Tells the members of what was added. */
  announce(): void {
    this.#work.notify();
  }

  /** Goes on with what is parked under a key. */
  redeliver(key: string, letter?: DeadLetter): void {
    this.#lanes.redeliver(key, () => this.#context.progress.begin(), letter);
    this.#work.notify();
  }

  join<T>(handler: Handler<T>): Subscription {
    const member = { active: true };
    // What is published on a topic has the type that its subscribers name.
    const finished = this.#serve(member, handler as Handler);
    this.#members.add(finished);
    return {
      close: async () => {
        member.active = false;
        this.#work.notify();
        await finished;
        this.#members.delete(finished);
      },
    };
  }

  /** Lets the batches under way finish; what is queued is left. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#settler.close();
    this.#work.notify();
    this.#changes.notify();
    await Promise.all(this.#members);
  }

  async #serve(member: { readonly active: boolean }, handler: Handler): Promise<void> {
    for (let batches = 1; this.#serves(member); batches++) {
      const lanes = this.#lanes.take(this.#context.settings.batchSize);
      if (lanes.length === 0) {
        await this.#work.wait();
        // What is published in this turn comes in one batch.
        await nextTurn();
        continue;
      }
      this.#handling += 1;
      await this.#handle(lanes, handler);
      this.#handling -= 1;
      this.#changes.notify();
      if (batches % BATCHES_PER_TURN === 0) await nextTurn();
    }
  }

  #serves(member: { readonly active: boolean }): boolean {
    return member.active && !this.#closed;
  }

  async #handle(lanes: readonly Lane[], handler: Handler): Promise<void> {
    const waiting = lanes.filter((lane) => this.#settler.hasToWait(lane));
    const free = waiting.length === 0 ? lanes : lanes.filter((lane) => !waiting.includes(lane));
    await Promise.all([this.#deliver(free, handler), ...waiting.map((lane) => this.#settler.hold(lane))]);
  }

  async #deliver(lanes: readonly Lane[], handler: Handler): Promise<void> {
    const batch: Delivery[] = [];
    const delivered: Lane[] = [];
    for (const lane of lanes) {
      const message = this.#settler.first(lane);
      if (message === undefined) {
        this.#settler.over(lane);
        continue;
      }
      delivered.push(lane);
      batch.push({ message, attempt: (lane.failure?.attempts ?? 0) + 1 });
    }
    if (batch.length === 0) return;
    let outcomes: readonly Outcome[];
    try {
      outcomes = await handler(batch);
      if (outcomes.length !== batch.length) throw new WrongAnswerError(outcomes.length, batch.length);
    } catch (error) {
      const outcome: Outcome = { kind: 'retry', reason: reasonOf(error) };
      outcomes = batch.map(() => outcome);
      for (const lane of delivered) lane.alone = true;
    }
    await this.#settler.settle(delivered, batch, outcomes);
  }
}
