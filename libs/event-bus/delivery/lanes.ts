import type { DeadLetter, Message } from '#libs/event-bus/port';
import { Fifo } from './fifo.ts';

/** A message on its way, and what stands for it until it is settled. */
export interface Queued {
  readonly message: Message;
  readonly token: number;
}

/** What has gone wrong with the first message of a lane so far. */
export interface LaneFailure {
  readonly firstFailedAt: string;
  /** Failed tries in all. */
  readonly attempts: number;
  /** Failed tries since it was last a dead letter: those that count for giving up. */
  readonly sinceParked: number;
}

/** The messages of one key: a lane is in one batch at a time, with its first message. */
export interface Lane {
  readonly key: string;
  readonly queued: Fifo<Queued>;
  failure: LaneFailure | null;
  /** Its batch threw: until it is settled, its first message is tried by itself, so as not to take others with it. */
  alone: boolean;
  /** Set for a lane that goes on with what the dead-letter store keeps: what stands for that. */
  readonly redelivery: number | null;
}

function newLane(key: string, redelivery: number | null, failure: LaneFailure | null): Lane {
  return { key, queued: new Fifo(), failure, alone: false, redelivery };
}

/** The lanes of a group: which there are, and which are ready to be handled. */
export class Lanes {
  readonly #byKey = new Map<string, Lane>();
  readonly #redeliveries = new Set<string>();
  readonly #ready = new Fifo<Lane>();
  readonly #readyAlone = new Fifo<Lane>();
  #lastWasAlone = false;

  /** How many messages are under way; redeliveries apart, which are bounded by what is parked. */
  size = 0;

  add(queued: Queued): void {
    this.size += 1;
    const { key } = queued.message;
    let lane = this.#byKey.get(key);
    if (lane === undefined) {
      lane = newLane(key, null, null);
      this.#byKey.set(key, lane);
      this.#ready.push(lane);
    }
    lane.queued.push(queued);
  }

  /** Begins with what is parked under a key, unless that is under way already. */
  redeliver(key: string, begin: () => number, letter?: DeadLetter): void {
    if (this.#redeliveries.has(key)) return;
    this.#redeliveries.add(key);
    const failure = letter && { firstFailedAt: letter.firstFailedAt, attempts: letter.attempts, sinceParked: 0 };
    this.#ready.push(newLane(key, begin(), failure ?? null));
  }

  /** Up to so many lanes that are ready; whoever takes one gives it back with `ready` or `remove`. */
  take(limit: number): Lane[] {
    const alone = this.#lastWasAlone && this.#ready.length > 0 ? undefined : this.#readyAlone.shift();
    this.#lastWasAlone = alone !== undefined;
    if (alone !== undefined) return [alone];
    const taken: Lane[] = [];
    while (taken.length < limit) {
      const lane = this.#ready.shift();
      if (lane === undefined) break;
      taken.push(lane);
    }
    return taken;
  }

  /** Whether a lane is ready to be taken. */
  get waiting(): boolean {
    return this.#ready.length > 0 || this.#readyAlone.length > 0;
  }

  ready(lane: Lane): void {
    (lane.alone ? this.#readyAlone : this.#ready).push(lane);
  }

  /** The first messages of the lane are settled; it goes on with the next, or is over. */
  settle(lane: Lane, count = 1): Queued[] {
    const settled: Queued[] = [];
    for (let queued; settled.length < count && (queued = lane.queued.shift()) !== undefined;) settled.push(queued);
    this.size -= settled.length;
    lane.failure = null;
    lane.alone = false;
    if (lane.queued.length > 0) this.#ready.push(lane);
    else this.#byKey.delete(lane.key);
    return settled;
  }

  endRedelivery(lane: Lane): void {
    this.#redeliveries.delete(lane.key);
  }
}
