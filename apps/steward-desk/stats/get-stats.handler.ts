import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { HubStats } from '#contracts/http';
import { readHubStats } from '#libs/projections';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { DeskViews } from '../views/desk-views.ts';

/** Counts of everything, as the views have them, and how following the registries goes. */
export class GetStats extends Query<HubStats> {}

@QueryHandler(GetStats)
export class GetStatsHandler implements IQueryHandler<GetStats> {
  readonly #views: DeskViews;
  readonly #desk: StewardDeskDeps;

  constructor(@Inject(DeskViews) views: DeskViews, @Inject(DESK) desk: StewardDeskDeps) {
    this.#views = views;
    this.#desk = desk;
  }

  async execute(): Promise<HubStats> {
    const { operations, clock } = this.#desk;
    return { ...readHubStats(this.#views, clock()), feeds: await operations.feeds() };
  }
}
