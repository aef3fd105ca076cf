/** Keeps slices of work to a rate: after each there is a rest, as long as the rate makes it. */
export class Pace {
  readonly #perSecond: number;
  #tookAt = 0;
  #freeAt = 0;

  /** `perSecond`: 0 for no bound. */
  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** So much has just been done; times are in milliseconds. */
  took(count: number, now: number): void {
    if (this.#perSecond === 0) return;
    this.#tookAt = now;
    this.#freeAt = Math.max(this.#freeAt, now - CATCHES_UP_MILLISECONDS) + (count * 1_000) / this.#perSecond;
  }

  /** How long to rest until the next slice; a clock that was put back ends the rest. */
  restMilliseconds(now: number): number {
    return now < this.#tookAt ? 0 : Math.max(0, this.#freeAt - now);
  }
}

/** What was late by no more than this is caught up with, so that the rate holds on average. */
const CATCHES_UP_MILLISECONDS = 1_000;
