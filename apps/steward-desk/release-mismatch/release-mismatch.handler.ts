import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CarryOut, type WorkOutcome, type WorkTarget } from '../work/carry-out.ts';
import type { ReleaseMismatchDto } from './release-mismatch.dto.ts';

/** Gives an item back to the queue. */
export class ReleaseMismatch extends Command<WorkOutcome> {
  readonly target: WorkTarget;
  readonly body: ReleaseMismatchDto;

  constructor(target: WorkTarget, body: ReleaseMismatchDto) {
    super();
    this.target = target;
    this.body = body;
  }
}

@CommandHandler(ReleaseMismatch)
export class ReleaseMismatchHandler implements ICommandHandler<ReleaseMismatch> {
  readonly #carryOut: CarryOut;

  constructor(@Inject(CarryOut) carryOut: CarryOut) {
    this.#carryOut = carryOut;
  }

  execute({ target, body }: ReleaseMismatch): Promise<WorkOutcome> {
    const { commandId, verdictId } = body;
    return this.#carryOut.command(target, { type: 'release-mismatch', actor: target.actor, commandId, verdictId });
  }
}
