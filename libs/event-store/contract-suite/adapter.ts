import type { EventStore } from '../port/index.ts';

/** What the suite needs to know of an adapter. */
export interface EventStoreAdapter {
  /** A place for a log of its own: a directory, a connection string. Passed to other processes as text. */
  createLocation(): Promise<string>;
  /** Opens the log there; again and again, also while it is open. */
  open(location: string): Promise<EventStore>;
  removeLocation(location: string): Promise<void>;
  /** Why it can't be tried here: its cases are counted as skipped, and the reason is printed. */
  readonly leftOut?: string | undefined;
  /** Other processes can't reach its logs: the cases with several processes are left out. */
  readonly inThisProcessOnly?: boolean;
}

/** What a case works with. */
export interface Bench {
  readonly adapterName: string;
  readonly location: string;
  /** A fresh log's store. */
  readonly store: EventStore;
  /** Another store of the same log, closed after the case. */
  readonly openAnother: () => Promise<EventStore>;
}

/** A group of cases; `bench` is to be called within a case. */
export type Cases = (bench: () => Bench) => void;
