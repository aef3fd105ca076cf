import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CarryOut, type WorkOutcome, type WorkTarget } from '../work/carry-out.ts';
import type { SettleMismatchDto } from './settle-mismatch.dto.ts';

/** Closes an item by a reasoned decision, for as long as the values that were judged stay as they are. */
export class SettleMismatch extends Command<WorkOutcome> {
  readonly target: WorkTarget;
  readonly body: SettleMismatchDto;

  constructor(target: WorkTarget, body: SettleMismatchDto) {
    super();
    this.target = target;
    this.body = body;
  }
}

@CommandHandler(SettleMismatch)
export class SettleMismatchHandler implements ICommandHandler<SettleMismatch> {
  readonly #carryOut: CarryOut;

  constructor(@Inject(CarryOut) carryOut: CarryOut) {
    this.#carryOut = carryOut;
  }

  execute({ target, body }: SettleMismatch): Promise<WorkOutcome> {
    const { commandId, verdictId, decision, reason } = body;
    return this.#carryOut.command(target, {
      type: 'settle-mismatch',
      actor: target.actor,
      commandId,
      verdictId,
      decision,
      reason,
    });
  }
}
