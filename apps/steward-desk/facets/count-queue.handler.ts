import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { QueueCounts } from '#contracts/http';
import type { QueueQuery } from '#libs/projections';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { askQueue } from '../queue/queue-query.ts';
import { DeskViews } from '../views/desk-views.ts';

/** How many items a filter has, by tab and by facet. */
export class CountQueue extends Query<QueueCounts> {
  readonly query: Pick<QueueQuery, 'filter' | 'tab' | 'actor'>;

  constructor(query: CountQueue['query']) {
    super();
    this.query = query;
  }
}

@QueryHandler(CountQueue)
export class CountQueueHandler implements IQueryHandler<CountQueue> {
  readonly #views: DeskViews;
  readonly #desk: StewardDeskDeps;

  constructor(@Inject(DeskViews) views: DeskViews, @Inject(DESK) desk: StewardDeskDeps) {
    this.#views = views;
    this.#desk = desk;
  }

  async execute({ query }: CountQueue): Promise<QueueCounts> {
    const { workingDaysToFix } = this.#desk.settings;
    const page = askQueue(this.#views, { ...query, limit: 1, now: this.#desk.clock(), due: { workingDaysToFix } });
    const { total, cut, tabs, facets, position } = page;
    return { total, cut, tabs, facets, position };
  }
}
