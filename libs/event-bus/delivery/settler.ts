import type { Delivery, GroupOptions, Message, Outcome, ParkedAt } from '#libs/event-bus/port';
import { toTimestamp } from '#libs/platform';
import type { GroupContext } from './group-context.ts';
import type { Lane, LaneFailure, Lanes } from './lanes.ts';
import { backoffMs } from './settings.ts';

const MAX_REASON_LENGTH = 1_000;

/** What becomes of a message by its outcome: done, tried again later, or a dead letter behind which its key waits. */
export class Settler {
  readonly #options: GroupOptions;
  readonly #context: GroupContext;
  readonly #lanes: Lanes;
  readonly #announce: () => void;
  readonly #timers = new Set<() => void>();
  #closed = false;

  constructor(options: GroupOptions, context: GroupContext, lanes: Lanes, announce: () => void) {
    this.#options = options;
    this.#context = context;
    this.#lanes = lanes;
    this.#announce = announce;
  }

  /** The message that a lane is at: of a redelivery the first that is parked, else the first that is queued. */
  first(lane: Lane): Message | undefined {
    return lane.redelivery === null ? lane.queued.first?.message : this.#context.deadLetters.first(this.#at(lane));
  }

  /** True when messages of the lane's key are parked: those that come later have to wait behind them. */
  hasToWait(lane: Lane): boolean {
    return lane.redelivery === null && this.#context.deadLetters.isParked(this.#at(lane));
  }

  /** Settles a batch; resolves when nothing of it is left open. */
  async settle(lanes: readonly Lane[], batch: readonly Delivery[], outcomes: readonly Outcome[]): Promise<void> {
    const open: Promise<void>[] = [];
    const again = new Map<number, Lane[]>();
    for (const [index, lane] of lanes.entries()) {
      const outcome = outcomes[index];
      const message = batch[index]?.message;
      if (outcome === undefined || message === undefined) continue;
      if (outcome.kind === 'done') {
        if (lane.redelivery === null) this.#settled(lane);
        else open.push(this.#handledAfterAll(lane, message));
        continue;
      }
      const failure = this.#fail(lane);
      if (outcome.kind === 'retry' && failure.sinceParked < this.#context.settings.maxAttempts) {
        const pause = backoffMs(failure.sinceParked, this.#context.settings);
        const others = again.get(pause);
        if (others === undefined) again.set(pause, [lane]);
        else others.push(lane);
      } else open.push(this.#park(lane, message, outcome.reason, failure));
    }
    for (const [pause, several] of again) this.#comeBack(pause, several);
    if (open.length > 0) await Promise.all(open);
  }

  /** Lets what a lane holds wait behind its dead letter. */
  async hold(lane: Lane): Promise<void> {
    const { deadLetters, settings } = this.#context;
    const at = this.#at(lane);
    const messages = lane.queued.upTo(settings.batchSize).map(({ message }) => message);
    try {
      if (await deadLetters.hold(at, messages)) this.#settled(lane, messages.length);
      else if (deadLetters.isParked(at)) this.#comeBack(settings.maxBackoffMs, [lane]);
      else this.#lanes.ready(lane);
    } catch {
      this.#comeBack(settings.maxBackoffMs, [lane]);
    }
  }

  /** The end of a redelivery: nothing is parked any more, or it is dead again. */
  over(lane: Lane): void {
    this.#lanes.endRedelivery(lane);
    if (lane.redelivery !== null) this.#context.progress.end(lane.redelivery);
  }

  close(): void {
    this.#closed = true;
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  #settled(lane: Lane, count = 1): void {
    for (const { token } of this.#lanes.settle(lane, count)) this.#context.progress.end(token);
  }

  #fail(lane: Lane): LaneFailure {
    const { firstFailedAt, attempts, sinceParked } = lane.failure ?? {
      firstFailedAt: toTimestamp(this.#context.clock()),
      attempts: 0,
      sinceParked: 0,
    };
    return (lane.failure = { firstFailedAt, attempts: attempts + 1, sinceParked: sinceParked + 1 });
  }

  /** The message stays where it is until its dead letter is kept: when that fails, it is tried again later. */
  async #park(lane: Lane, message: Message, reason: string, failure: LaneFailure): Promise<void> {
    const { deadLetters, settings, clock } = this.#context;
    const { topic, group } = this.#options;
    // Set aside by someone while it was being tried once more.
    if (lane.redelivery !== null && this.first(lane)?.id !== message.id) {
      this.#goOn(lane);
      return;
    }
    try {
      await deadLetters.park({
        message,
        topic,
        group,
        reason: reason.slice(0, MAX_REASON_LENGTH),
        attempts: failure.attempts,
        firstFailedAt: failure.firstFailedAt,
        lastFailedAt: toTimestamp(clock()),
      });
    } catch {
      this.#comeBack(settings.maxBackoffMs, [lane]);
      return;
    }
    if (lane.redelivery === null) this.#settled(lane);
    else this.over(lane);
  }

  async #handledAfterAll(lane: Lane, message: Message): Promise<void> {
    try {
      await this.#context.deadLetters.handled(this.#at(lane), message.id);
    } catch {
      this.#comeBack(this.#context.settings.maxBackoffMs, [lane]);
      return;
    }
    this.#goOn(lane);
  }

  #goOn(lane: Lane): void {
    lane.failure = null;
    lane.alone = false;
    if (this.first(lane) === undefined) this.over(lane);
    else this.#lanes.ready(lane);
  }

  #comeBack(pause: number, lanes: readonly Lane[]): void {
    if (this.#closed) return;
    const cancel = this.#context.timer(pause, () => {
      this.#timers.delete(cancel);
      for (const lane of lanes) this.#lanes.ready(lane);
      this.#announce();
    });
    this.#timers.add(cancel);
  }

  #at({ key }: Lane): ParkedAt {
    const { topic, group } = this.#options;
    return { topic, group, key };
  }
}
