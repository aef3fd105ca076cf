import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { HubStats } from '#contracts/http';
import { readStats, readVerdictCounts, type FacetValue } from '#libs/projections';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { DeskViews } from '../views/desk-views.ts';

/** Counts of everything, as the views have them. */
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
    const { position, events, byType, records, intakes, quarantine, deadLetters } = readStats(this.#views.stats);
    const { total, tabs, facets } = this.#views.queue.query({ now: this.#desk.clock(), limit: 1 });
    return {
      log: { position, events, byType },
      records,
      verdicts: readVerdictCounts(this.#views.verdicts),
      queue: { open: total, tabs, byCheck: byValue(facets.check), byCode: byValue(facets.code) },
      intakes,
      quarantine,
      deadLetters,
    };
  }
}

const byValue = (facet: readonly FacetValue<string>[]): Readonly<Record<string, number>> =>
  Object.fromEntries(facet.map(({ value, count }) => [value, count]));
