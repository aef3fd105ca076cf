import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CarryOut, type WorkOutcome, type WorkTarget } from '../work/carry-out.ts';
import type { ClaimMismatchDto } from './claim-mismatch.dto.ts';

/** Takes an item for the actor, or renews the actor's own claim. */
export class ClaimMismatch extends Command<WorkOutcome> {
  readonly target: WorkTarget;
  readonly body: ClaimMismatchDto;

  constructor(target: WorkTarget, body: ClaimMismatchDto) {
    super();
    this.target = target;
    this.body = body;
  }
}

@CommandHandler(ClaimMismatch)
export class ClaimMismatchHandler implements ICommandHandler<ClaimMismatch> {
  readonly #carryOut: CarryOut;

  constructor(@Inject(CarryOut) carryOut: CarryOut) {
    this.#carryOut = carryOut;
  }

  execute({ target, body }: ClaimMismatch): Promise<WorkOutcome> {
    const { commandId, verdictId } = body;
    return this.#carryOut.command(target, { type: 'claim-mismatch', actor: target.actor, commandId, verdictId });
  }
}
