import type { DeadLetterItem } from '#contracts/http';
import { notFound } from '../http/problem.ts';

/** Ends the request when there is none of that handler and id. */
export function getDeadLetter(items: readonly DeadLetterItem[], handler: string, id: string): DeadLetterItem {
  const found = items.find((item) => item.handler === handler && item.id === id);
  if (found === undefined) throw notFound('dead-letter-not-found', 'There is no such dead letter, or not any more.');
  return found;
}
