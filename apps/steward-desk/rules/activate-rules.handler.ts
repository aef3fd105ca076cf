import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { RulesActivated } from '#contracts/http';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { orProblem } from './refusal.ts';
import type { RulesActivationRequest } from './rules-service.ts';

/** From now on, everything is judged by the rules of a dry run. */
export class ActivateRules extends Command<RulesActivated> {
  readonly request: RulesActivationRequest;

  constructor(request: RulesActivationRequest) {
    super();
    this.request = request;
  }
}

@CommandHandler(ActivateRules)
export class ActivateRulesHandler implements ICommandHandler<ActivateRules> {
  readonly #desk: StewardDeskDeps;

  constructor(@Inject(DESK) desk: StewardDeskDeps) {
    this.#desk = desk;
  }

  execute({ request }: ActivateRules): Promise<RulesActivated> {
    return orProblem(this.#desk.rules.activate(request));
  }
}
