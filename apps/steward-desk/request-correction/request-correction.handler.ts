import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CarryOut, type WorkOutcome, type WorkTarget } from '../work/carry-out.ts';
import type { RequestCorrectionDto } from './request-correction.dto.ts';

/** Asks the registry that owns a value to correct it. */
export class RequestCorrection extends Command<WorkOutcome> {
  readonly target: WorkTarget;
  readonly body: RequestCorrectionDto;

  constructor(target: WorkTarget, body: RequestCorrectionDto) {
    super();
    this.target = target;
    this.body = body;
  }
}

@CommandHandler(RequestCorrection)
export class RequestCorrectionHandler implements ICommandHandler<RequestCorrection> {
  readonly #carryOut: CarryOut;

  constructor(@Inject(CarryOut) carryOut: CarryOut) {
    this.#carryOut = carryOut;
  }

  execute({ target, body }: RequestCorrection): Promise<WorkOutcome> {
    const { commandId, verdictId, side, fields, note, proposed } = body;
    return this.#carryOut.command(target, {
      type: 'request-correction',
      actor: target.actor,
      commandId,
      verdictId,
      fields,
      ...(side !== undefined && { side }),
      ...(note !== undefined && { note }),
      ...(proposed !== undefined && { proposed }),
    });
  }
}
