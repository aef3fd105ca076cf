import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { RulesDryRunStarted } from '#contracts/http';
import type { Rules } from '#contracts/rules';
import { readRules, RulesInvalidError } from '#libs/rules';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { ProblemError } from '../http/problem.ts';
import { orProblem } from './refusal.ts';

/** Judges the current records by other rules, without writing anything. */
export class StartRulesDryRun extends Command<RulesDryRunStarted> {
  readonly rules: unknown;
  readonly samples: number;

  constructor(rules: unknown, samples: number) {
    super();
    this.rules = rules;
    this.samples = samples;
  }
}

@CommandHandler(StartRulesDryRun)
export class StartRulesDryRunHandler implements ICommandHandler<StartRulesDryRun> {
  readonly #desk: StewardDeskDeps;

  constructor(@Inject(DESK) desk: StewardDeskDeps) {
    this.#desk = desk;
  }

  execute({ rules, samples }: StartRulesDryRun): Promise<RulesDryRunStarted> {
    return orProblem(this.#desk.rules.startDryRun({ rules: validRules(rules), samples }));
  }
}

function validRules(body: unknown): Rules {
  try {
    return readRules(JSON.stringify(body));
  } catch (error) {
    if (!(error instanceof RulesInvalidError)) throw error;
    throw new ProblemError({
      status: 422,
      code: error.code,
      detail: 'These are no rules that can be judged by.',
      errors: [{ field: 'rules', problems: [...error.problems] }],
    });
  }
}
