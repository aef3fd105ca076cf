import { loadRules, type Rules } from '#contracts/rules';
import type { EventStore } from '#libs/event-store/port';
import type { Clock } from '#libs/platform';
import { activateRules } from './activate-rules.ts';
import { RulesBook, UnknownRulesVersionError, type Activation } from './rules-book.ts';

/** The rules that are judged by, as they change. */
export interface RulesInForce {
  readonly book: RulesBook;
  hash(): string;
  rules(): Rules;
}

/**
 * Reads which rules are in force. A new log begins with those that come with the hub. Rules that were used with other data tables
 * than this version of the hub has are activated anew with these: nothing can be judged by tables that are not there. Other rules are
 * activated by somebody who has seen what they would do, and never by a start.
 */
export async function openRulesInForce(store: EventStore, clock: Clock): Promise<RulesInForce> {
  const book = await RulesBook.open(store);
  const active = book.active();
  const rules = active === undefined ? loadRules() : await book.get(active.version);
  if (active?.hash !== book.hashOf(rules)) await activateRules({ store, book, clock }, { rules, actor: 'hub' });
  const latest = (): Activation => {
    const now = book.active();
    if (now === undefined) throw new UnknownRulesVersionError('no rules are active');
    return now;
  };
  return {
    book,
    hash: () => latest().hash,
    rules() {
      const { version } = latest();
      const found = book.find(version);
      if (found === undefined) throw new UnknownRulesVersionError(`there are no rules of version ${version}`);
      return found;
    },
  };
}
