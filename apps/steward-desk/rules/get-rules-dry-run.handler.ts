import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { RulesDryRunStatus } from '#contracts/http';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { notFound } from '../http/problem.ts';

/** How a dry run is doing, or what it found. */
export class GetRulesDryRun extends Query<RulesDryRunStatus> {
  readonly dryRunId: string;

  constructor(dryRunId: string) {
    super();
    this.dryRunId = dryRunId;
  }
}

@QueryHandler(GetRulesDryRun)
export class GetRulesDryRunHandler implements IQueryHandler<GetRulesDryRun> {
  readonly #desk: StewardDeskDeps;

  constructor(@Inject(DESK) desk: StewardDeskDeps) {
    this.#desk = desk;
  }

  async execute({ dryRunId }: GetRulesDryRun): Promise<RulesDryRunStatus> {
    const status = this.#desk.rules.getDryRun(dryRunId);
    if (status === undefined) throw notFound('dry-run-not-found', 'There is no such dry run, or not any more.');
    return status;
  }
}
