import type { DeadLetterItem } from '#contracts/http';
import type { DeadLetter } from '#libs/projections';
import { notFound } from '../http/problem.ts';
import type { DeskViews } from '../views/desk-views.ts';
import { idOfEvent } from './handler-name.ts';

const NOT_THERE = 'There is no such dead letter, or not any more.';

/** Ends the request when there is none of that handler and id. */
export function getDeadLetter(items: readonly DeadLetterItem[], handler: string, id: string): DeadLetterItem {
  const found = items.find((item) => item.handler === handler && item.id === id);
  if (found === undefined) throw notFound('dead-letter-not-found', NOT_THERE);
  return found;
}

/** An event that a view could not fold. Ends the request when there is none of that id. */
export function getViewDeadLetter(views: DeskViews, view: string, id: string, limit: number): DeadLetter {
  const found = views
    .deadLetters(limit)
    .find(
      ({ view: name, letter }) =>
        name === view && letter.state === 'failed' && idOfEvent(letter.stream, letter.streamVersion) === id,
    );
  if (found === undefined) throw notFound('dead-letter-not-found', NOT_THERE);
  return found.letter;
}
