import { forgetfulJournal } from './journal.ts';
import { JournaledDeadLetterStore, type DeadLetterSettings } from './journaled.dead-letter-store.ts';

/** Dead letters that live as long as the process. */
export class InMemoryDeadLetterStore extends JournaledDeadLetterStore {
  constructor(settings?: DeadLetterSettings) {
    super(forgetfulJournal(), undefined, settings);
  }
}
