import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { DeadLetterOutcome } from '#contracts/http';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { DeskViews } from '../views/desk-views.ts';
import { getViewDeadLetter } from './find-dead-letter.ts';
import { viewNamed } from './handler-name.ts';

/** Hands a dead letter to its handler again; what waits behind it follows. */
export class RetryDeadLetter extends Command<DeadLetterOutcome> {
  readonly handler: string;
  readonly id: string;

  constructor(handler: string, id: string) {
    super();
    this.handler = handler;
    this.id = id;
  }
}

@CommandHandler(RetryDeadLetter)
export class RetryDeadLetterHandler implements ICommandHandler<RetryDeadLetter> {
  readonly #desk: StewardDeskDeps;
  readonly #views: DeskViews;

  constructor(@Inject(DESK) desk: StewardDeskDeps, @Inject(DeskViews) views: DeskViews) {
    this.#desk = desk;
    this.#views = views;
  }

  async execute({ handler, id }: RetryDeadLetter): Promise<DeadLetterOutcome> {
    const { operations, settings } = this.#desk;
    const view = viewNamed(handler);
    if (view === undefined) {
      await operations.retryDeadLetter(id, handler);
      return { handled: true };
    }
    const { stream } = getViewDeadLetter(this.#views, view, id, settings.maxPageSize);
    const { reason } = await operations.retryViewDeadLetters(view, stream);
    return { handled: reason === undefined, ...(reason !== undefined && { reason }) };
  }
}
