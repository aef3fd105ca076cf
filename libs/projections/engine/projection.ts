import type { StatementSync } from 'node:sqlite';
import type { VersionRef } from '#contracts/verdicts';
import type { RecordedEvent } from '#libs/event-store/port';

/** What a fold may do with its view's file: everything goes through statements, inside the batch's transaction. */
export interface ViewDatabase {
  prepare(sql: string): StatementSync;
}

/** The events that the batch's events refer to; undefined for one that is not in the log. */
export type Loaded = (ref: VersionRef) => RecordedEvent | undefined;

/**
 * Folds a batch of events, in the order of the log, into the view's tables. Where a batch ends must make no difference to
 * the rows. Throws for an event that it can't fold: that event becomes a dead letter.
 */
export type Fold = (events: readonly RecordedEvent[], loaded: Loaded) => void;

/**
 * A view of the log: which events it takes, its tables, and how it folds. Its rows are a function of the log alone,
 * never of the clock: times are stored, ages are computed when read.
 */
export interface Projection {
  /** Names its file too: lower-case letters, digits and dashes. */
  readonly name: string;
  /** A new version is built beside the live one and swapped in when it has caught up. */
  readonly version: number;
  /** The event types that it takes; without them, every event. */
  readonly types?: readonly string[];
  /** The types whose personal part it reads; without them, none. */
  readonly personalOf?: readonly string[];
  /** The DDL of its tables. `checkpoint` and `dead_letters` are the engine's. */
  readonly tables: string;
  /** Versions, mostly of records, that are read from the log before this event is folded. */
  readonly references?: (event: RecordedEvent) => readonly VersionRef[];
  /** Events whose folding shows in their traces, where there are traces. Default: none. */
  readonly traced?: (event: RecordedEvent) => boolean;
  /** Prepares the fold on an open file. It may keep what it has read: after a failed batch it is prepared anew. */
  readonly open: (db: ViewDatabase) => Fold;
}
