import type { Epochs, Progress } from '#libs/event-bus/delivery';

/** More partitions than a topic sensibly has: a token is an offset and a partition in one number. */
const MAX_PARTITIONS = 4_096;

interface Pending {
  /** Offsets that were taken over, in order; those before `from` are settled. */
  readonly offsets: number[];
  from: number;
  readonly settled: Set<number>;
  /** Where to go on after a crash. */
  next: number | undefined;
  committed: number | undefined;
}

/**
 * Knows up to where the messages of each partition are settled without a gap: only so far an offset may be committed, in whatever order
 * they are handled. Redeliveries of what is parked are counted apart: no offset stands for them.
 */
export class OffsetTracker implements Progress {
  readonly #redeliveries: Epochs;
  readonly #onAdvance: () => void;
  readonly #partitions = new Map<number, Pending>();

  constructor(redeliveries: Epochs, onAdvance: () => void) {
    this.#redeliveries = redeliveries;
    this.#onAdvance = onAdvance;
  }

  /** A message was taken over; what is returned is given back by `end`. */
  track(partition: number, offset: number): number {
    let pending = this.#partitions.get(partition);
    if (pending === undefined) {
      pending = { offsets: [], from: 0, settled: new Set(), next: undefined, committed: undefined };
      this.#partitions.set(partition, pending);
    }
    pending.offsets.push(offset);
    return offset * MAX_PARTITIONS + partition;
  }

  begin(): number {
    return -1 - this.#redeliveries.begin();
  }

  end(token: number): void {
    if (token < 0) {
      this.#redeliveries.end(-1 - token);
      return;
    }
    const pending = this.#partitions.get(token % MAX_PARTITIONS);
    if (pending === undefined) return;
    pending.settled.add(Math.floor(token / MAX_PARTITIONS));
    let { from } = pending;
    for (let first; (first = pending.offsets[from]) !== undefined && pending.settled.delete(first); from++) {
      pending.next = first + 1;
    }
    if (from === pending.from) return;
    pending.from = from;
    if (from * 2 >= pending.offsets.length) {
      pending.offsets.splice(0, from);
      pending.from = 0;
    }
    this.#onAdvance();
  }

  /** What may be committed and is not yet. */
  uncommitted(): { readonly partition: number; readonly offset: number }[] {
    return [...this.#partitions].flatMap(([partition, { next, committed }]) =>
      next === undefined || next === committed ? [] : [{ partition, offset: next }],
    );
  }

  committed(offsets: readonly { readonly partition: number; readonly offset: number }[]): void {
    for (const { partition, offset } of offsets) {
      const pending = this.#partitions.get(partition);
      if (pending !== undefined) pending.committed = offset;
    }
  }
}
