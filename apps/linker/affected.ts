import type { Cause } from '#contracts/work';
import { placeOf } from './place.ts';
import { KnownFacts } from './record-facts.ts';

/** A judgement that a change made due, with the newest of the changes. */
interface Due<T> {
  readonly what: T;
  asOf: number;
  cause: Cause;
}

/** Collects what is due while a page is folded: each thing once, with the newest change that touched it. */
class DueOnce<T> {
  readonly #due = new Map<string | number, Due<T>>();

  add(key: string | number, what: T, asOf: number, cause: Cause): void {
    const due = this.#due.get(key);
    if (due === undefined) this.#due.set(key, { what, asOf, cause });
    else if (asOf >= due.asOf) {
      due.asOf = asOf;
      due.cause = cause;
    }
  }

  values(): IterableIterator<Due<T>> {
    return this.#due.values();
  }

  clear(): void {
    this.#due.clear();
  }
}

export interface AffectedSlot {
  readonly record: number;
  readonly slot: number;
}

/** A reconciliation that is over because its person left the record, or the record was withdrawn. */
export interface EndedPart {
  readonly stream: string;
  readonly identity: string;
  readonly check: number;
  readonly why: 'record-withdrawn' | 'person-left';
}

/** What one page of the log made due. */
export class Affected {
  /** Of the versions that were looked at for it. */
  readonly facts = new KnownFacts();
  readonly slots = new DueOnce<AffectedSlot>();
  readonly pairs = new DueOnce<readonly [number, number]>();
  readonly ended = new DueOnce<EndedPart>();

  addSlot(record: number, slot: number, asOf: number, cause: Cause): void {
    this.slots.add(placeOf(record, slot), { record, slot }, asOf, cause);
  }

  addPair(one: number, other: number, asOf: number, cause: Cause): void {
    const pair = one < other ? ([one, other] as const) : ([other, one] as const);
    this.pairs.add(`${pair[0]}/${pair[1]}`, pair, asOf, cause);
  }

  addEnded(part: EndedPart, asOf: number, cause: Cause): void {
    this.ended.add(`${part.stream}/${part.check}/${part.identity}`, part, asOf, cause);
  }
}
