import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { DashboardResult } from '#contracts/http';
import { readDashboard, type DashboardQuery } from '#libs/projections';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { asked } from '../queue/queue-query.ts';
import { DeskViews } from '../views/desk-views.ts';

/** How the work goes, as it is now. */
export class GetDashboard extends Query<DashboardResult> {
  readonly query: Omit<DashboardQuery, 'now' | 'due'>;

  constructor(query: GetDashboard['query']) {
    super();
    this.query = query;
  }
}

@QueryHandler(GetDashboard)
export class GetDashboardHandler implements IQueryHandler<GetDashboard> {
  readonly #views: DeskViews;
  readonly #desk: StewardDeskDeps;

  constructor(@Inject(DeskViews) views: DeskViews, @Inject(DESK) desk: StewardDeskDeps) {
    this.#views = views;
    this.#desk = desk;
  }

  async execute({ query }: GetDashboard): Promise<DashboardResult> {
    const { clock, settings } = this.#desk;
    const { workingDaysToFix } = settings;
    return asked(() => readDashboard(this.#views, { ...query, now: clock(), due: { workingDaysToFix } }));
  }
}
