import type { EventStore } from '#libs/event-store/port';
import { systemClock, type Clock } from '#libs/platform';
import { eventStoreJournal, readParkedKeys } from './event-store.journal.ts';
import { JournaledDeadLetterStore, type DeadLetterSettings } from './journaled.dead-letter-store.ts';

export interface EventStoreDeadLetterOptions {
  readonly clock?: Clock;
  readonly settings?: DeadLetterSettings;
}

/** Dead letters that survive a restart: events of the log, one stream for each key of a group. */
export class EventStoreDeadLetterStore extends JournaledDeadLetterStore {
  /** Reads back what waits in the log. The store stays the caller's to close. */
  static async open(
    store: EventStore,
    { clock = systemClock, settings }: EventStoreDeadLetterOptions = {},
  ): Promise<EventStoreDeadLetterStore> {
    return new EventStoreDeadLetterStore(eventStoreJournal(store, clock), await readParkedKeys(store), settings);
  }
}
