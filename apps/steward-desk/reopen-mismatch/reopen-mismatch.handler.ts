import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CarryOut, type WorkOutcome, type WorkTarget } from '../work/carry-out.ts';
import type { ReopenMismatchDto } from './reopen-mismatch.dto.ts';

/** Takes a settlement back. */
export class ReopenMismatch extends Command<WorkOutcome> {
  readonly target: WorkTarget;
  readonly body: ReopenMismatchDto;

  constructor(target: WorkTarget, body: ReopenMismatchDto) {
    super();
    this.target = target;
    this.body = body;
  }
}

@CommandHandler(ReopenMismatch)
export class ReopenMismatchHandler implements ICommandHandler<ReopenMismatch> {
  readonly #carryOut: CarryOut;

  constructor(@Inject(CarryOut) carryOut: CarryOut) {
    this.#carryOut = carryOut;
  }

  execute({ target, body }: ReopenMismatch): Promise<WorkOutcome> {
    const { commandId, verdictId } = body;
    return this.#carryOut.command(target, { type: 'reopen-mismatch', actor: target.actor, commandId, verdictId });
  }
}
