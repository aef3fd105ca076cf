import type { ParkedAt } from '#libs/event-bus/port';
import type { ParkedEvent, ParkedKey } from './parked-messages.ts';

/** Where the events of parked keys are kept. */
export interface Journal {
  /** Appends to the key's stream; false when it has other events since that version: load it and decide again. */
  append(parked: ParkedKey, events: readonly ParkedEvent[]): Promise<boolean>;
  /** The key as its stream has it. */
  load(at: ParkedAt): Promise<ParkedKey>;
}

/** Keeps nothing: for tests, and where dead letters need not survive. */
export const forgetfulJournal = (): Journal => ({
  append: () => Promise.resolve(true),
  load: () => Promise.reject(new Error('A journal that keeps nothing has no other writer')),
});
