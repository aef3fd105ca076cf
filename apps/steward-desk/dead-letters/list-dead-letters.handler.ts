import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { DeadLetterItem, DeadLetterList } from '#contracts/http';
import type { DeadLetter } from '#libs/event-bus/port';
import type { DeadLetter as ViewDeadLetter } from '#libs/projections';
import { toTimestamp } from '#libs/platform';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { DeskViews } from '../views/desk-views.ts';
import { idOfEvent, nameOfView } from './handler-name.ts';

/** What handlers and views gave up on. */
export class ListDeadLetters extends Query<DeadLetterList> {}

@QueryHandler(ListDeadLetters)
export class ListDeadLettersHandler implements IQueryHandler<ListDeadLetters> {
  readonly #desk: StewardDeskDeps;
  readonly #views: DeskViews;

  constructor(@Inject(DESK) desk: StewardDeskDeps, @Inject(DeskViews) views: DeskViews) {
    this.#desk = desk;
    this.#views = views;
  }

  async execute(): Promise<DeadLetterList> {
    const { operations, settings } = this.#desk;
    const messages = (await operations.deadLetters()).slice(0, settings.maxPageSize).map(ofMessage);
    const letters = this.#views.deadLetters(settings.maxPageSize);
    const waiting = (view: string, stream: string): number =>
      letters.filter((one) => one.view === view && one.letter.stream === stream && one.letter.state === 'waiting')
        .length;
    const events = letters
      .filter(({ letter }) => letter.state === 'failed')
      .map(({ view, letter }) => ofEvent(view, letter, waiting(view, letter.stream)));
    return { items: [...messages, ...events] };
  }
}

const ofMessage = ({
  message,
  group,
  reason,
  attempts,
  firstFailedAt,
  lastFailedAt,
  waiting,
}: DeadLetter): DeadLetterItem => ({
  handler: group,
  id: message.id,
  key: message.key,
  type: message.type,
  reason,
  attempts,
  firstFailedAt,
  lastFailedAt,
  waiting,
  data: message.data,
});

const ofEvent = (view: string, letter: ViewDeadLetter, waiting: number): DeadLetterItem => ({
  handler: nameOfView(view),
  id: idOfEvent(letter.stream, letter.streamVersion),
  key: letter.stream,
  type: letter.type,
  reason: letter.reason,
  attempts: letter.attempts,
  firstFailedAt: letter.firstFailedAt === null ? null : toTimestamp(letter.firstFailedAt),
  lastFailedAt: letter.lastFailedAt === null ? null : toTimestamp(letter.lastFailedAt),
  waiting,
  data: { stream: letter.stream, streamVersion: letter.streamVersion, position: letter.position },
});
