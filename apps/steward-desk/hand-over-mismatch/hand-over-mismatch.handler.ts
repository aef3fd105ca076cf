import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CarryOut, type WorkOutcome, type WorkTarget } from '../work/carry-out.ts';
import type { HandOverMismatchDto } from './hand-over-mismatch.dto.ts';

/** Passes an item on to a colleague, who then holds it. */
export class HandOverMismatch extends Command<WorkOutcome> {
  readonly target: WorkTarget;
  readonly body: HandOverMismatchDto;

  constructor(target: WorkTarget, body: HandOverMismatchDto) {
    super();
    this.target = target;
    this.body = body;
  }
}

@CommandHandler(HandOverMismatch)
export class HandOverMismatchHandler implements ICommandHandler<HandOverMismatch> {
  readonly #carryOut: CarryOut;

  constructor(@Inject(CarryOut) carryOut: CarryOut) {
    this.#carryOut = carryOut;
  }

  execute({ target, body }: HandOverMismatch): Promise<WorkOutcome> {
    const { commandId, verdictId, to } = body;
    return this.#carryOut.command(target, {
      type: 'hand-over-mismatch',
      actor: target.actor,
      commandId,
      verdictId,
      to,
    });
  }
}
