import { EventBusClosedError } from '#libs/event-bus/port';
import type { Progress } from './group-context.ts';

interface Waiter {
  readonly upTo: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Counts what is under way in spans of time, so that one can wait for everything that began before a moment. */
export class Epochs implements Progress {
  #current = 0;
  #closed = false;
  /** How much is under way, by the epoch in which it began; oldest first. */
  readonly #underWay = new Map<number, number>();
  #waiters: Waiter[] = [];

  /** Something begins; what is returned has to be given back when it is done. */
  begin(): number {
    this.#underWay.set(this.#current, (this.#underWay.get(this.#current) ?? 0) + 1);
    return this.#current;
  }

  end(epoch: number): void {
    const left = (this.#underWay.get(epoch) ?? 0) - 1;
    if (left > 0) this.#underWay.set(epoch, left);
    else {
      this.#underWay.delete(epoch);
      this.#release();
    }
  }

  /** Resolves when everything that has begun so far is done. */
  settled(): Promise<void> {
    if (this.#closed) return Promise.reject(new EventBusClosedError('The event bus is closed'));
    if (this.#underWay.size === 0) return Promise.resolve();
    const upTo = this.#current;
    this.#current += 1;
    return new Promise((resolve, reject) => this.#waiters.push({ upTo, resolve, reject }));
  }

  close(): void {
    this.#closed = true;
    for (const { reject } of this.#waiters) reject(new EventBusClosedError('The event bus was closed'));
    this.#waiters = [];
  }

  #release(): void {
    if (this.#waiters.length === 0) return;
    const oldest = this.#underWay.keys().next().value ?? Infinity;
    const done = this.#waiters.filter(({ upTo }) => upTo < oldest);
    this.#waiters = this.#waiters.filter(({ upTo }) => upTo >= oldest);
    for (const { resolve } of done) resolve();
  }
}
