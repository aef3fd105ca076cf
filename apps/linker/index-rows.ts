/** Where a record stands in the index. `id` is the position of its stream's first event. */
export interface IndexedRecord {
  readonly id: number;
  readonly stream: string;
  /** Stream version of the current version of the record. */
  readonly version: number;
  /** Where the log has the current version. */
  readonly position: number;
  readonly withdrawn: boolean;
}

/** A judgement held back: absence while an intake runs, anything while a lost index is folded anew. */
export interface HeldItem {
  readonly record: number;
  readonly slot: number;
  readonly asOf: number;
  readonly cause: string;
}

/** The same of two records that may be one person; the smaller id is `one`. */
export interface HeldPair {
  readonly one: number;
  readonly other: number;
  readonly asOf: number;
  readonly cause: string;
}
