import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { DeadLetterOutcome } from '#contracts/http';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { DeskViews } from '../views/desk-views.ts';
import { getViewDeadLetter } from './find-dead-letter.ts';
import { viewNamed } from './handler-name.ts';

/** Leaves a dead letter for good; what waits behind it goes on. */
export class SetAsideDeadLetter extends Command<DeadLetterOutcome> {
  readonly handler: string;
  readonly id: string;
  readonly reason: string;

  constructor(handler: string, id: string, reason: string) {
    super();
    this.handler = handler;
    this.id = id;
    this.reason = reason;
  }
}

@CommandHandler(SetAsideDeadLetter)
export class SetAsideDeadLetterHandler implements ICommandHandler<SetAsideDeadLetter> {
  readonly #desk: StewardDeskDeps;
  readonly #views: DeskViews;

  constructor(@Inject(DESK) desk: StewardDeskDeps, @Inject(DeskViews) views: DeskViews) {
    this.#desk = desk;
    this.#views = views;
  }

  async execute({ handler, id, reason }: SetAsideDeadLetter): Promise<DeadLetterOutcome> {
    const { operations, settings } = this.#desk;
    const view = viewNamed(handler);
    if (view === undefined) {
      await operations.setAsideDeadLetter(id, handler, reason);
      return { handled: true };
    }
    const { stream, streamVersion } = getViewDeadLetter(this.#views, view, id, settings.maxPageSize);
    await operations.setAsideViewDeadLetter(view, { stream, streamVersion }, reason);
    return { handled: true };
  }
}
