import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { DeadLetterOutcome } from '#contracts/http';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { eventOf, viewNamed } from './handler-name.ts';

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

  constructor(@Inject(DESK) desk: StewardDeskDeps) {
    this.#desk = desk;
  }

  async execute({ handler, id, reason }: SetAsideDeadLetter): Promise<DeadLetterOutcome> {
    const { operations } = this.#desk;
    const view = viewNamed(handler);
    if (view === undefined) await operations.setAsideDeadLetter(id, handler, reason);
    else await operations.setAsideViewDeadLetter(view, eventOf(id), reason);
    return { handled: true };
  }
}
