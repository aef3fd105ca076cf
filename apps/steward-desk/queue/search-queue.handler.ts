import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { QueueResult } from '#contracts/http';
import type { QueueQuery } from '#libs/projections';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { DeskViews } from '../views/desk-views.ts';
import { askQueue } from './queue-query.ts';

/** One page of the queue with its counts, as it is now. */
export class SearchQueue extends Query<QueueResult> {
  readonly query: Omit<QueueQuery, 'now' | 'due'>;

  constructor(query: SearchQueue['query']) {
    super();
    this.query = query;
  }
}

@QueryHandler(SearchQueue)
export class SearchQueueHandler implements IQueryHandler<SearchQueue> {
  readonly #views: DeskViews;
  readonly #desk: StewardDeskDeps;

  constructor(@Inject(DeskViews) views: DeskViews, @Inject(DESK) desk: StewardDeskDeps) {
    this.#views = views;
    this.#desk = desk;
  }

  async execute({ query }: SearchQueue): Promise<QueueResult> {
    const { workingDaysToFix } = this.#desk.settings;
    return askQueue(this.#views, { ...query, now: this.#desk.clock(), due: { workingDaysToFix } });
  }
}
