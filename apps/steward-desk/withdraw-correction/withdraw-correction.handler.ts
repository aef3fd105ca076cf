import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CarryOut, type WorkOutcome, type WorkTarget } from '../work/carry-out.ts';
import type { WithdrawCorrectionDto } from './withdraw-correction.dto.ts';

/** Takes a correction request back. */
export class WithdrawCorrection extends Command<WorkOutcome> {
  readonly target: WorkTarget;
  readonly body: WithdrawCorrectionDto;

  constructor(target: WorkTarget, body: WithdrawCorrectionDto) {
    super();
    this.target = target;
    this.body = body;
  }
}

@CommandHandler(WithdrawCorrection)
export class WithdrawCorrectionHandler implements ICommandHandler<WithdrawCorrection> {
  readonly #carryOut: CarryOut;

  constructor(@Inject(CarryOut) carryOut: CarryOut) {
    this.#carryOut = carryOut;
  }

  execute({ target, body }: WithdrawCorrection): Promise<WorkOutcome> {
    const { commandId, verdictId, requestId, reason } = body;
    return this.#carryOut.command(target, {
      type: 'withdraw-correction',
      actor: target.actor,
      commandId,
      verdictId,
      requestId,
      reason,
    });
  }
}
