import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { RulesList } from '#contracts/http';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';

/** Which rules there are, which are in force, and how far records are judged again by them. */
export class ListRules extends Query<RulesList> {}

@QueryHandler(ListRules)
export class ListRulesHandler implements IQueryHandler<ListRules> {
  readonly #desk: StewardDeskDeps;

  constructor(@Inject(DESK) desk: StewardDeskDeps) {
    this.#desk = desk;
  }

  execute(): Promise<RulesList> {
    return this.#desk.rules.list();
  }
}
