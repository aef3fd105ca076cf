import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Readiness } from '#contracts/http';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';

/** Whether the desk can show what is in the log. */
export class FindReadiness extends Query<Readiness> {}

@QueryHandler(FindReadiness)
export class FindReadinessHandler implements IQueryHandler<FindReadiness> {
  readonly #desk: StewardDeskDeps;

  constructor(@Inject(DESK) desk: StewardDeskDeps) {
    this.#desk = desk;
  }

  async execute(): Promise<Readiness> {
    const { readyLagSeconds } = this.#desk.settings;
    const linking = this.#linking();
    const views = await this.#views();
    const live = views.filter((view) => view.live);
    const closeEnough =
      live.length > 0 && live.every((view) => view.lagSeconds <= readyLagSeconds && view.problem === null);
    const feeds = await this.#feeds();
    return {
      status: linking.alive && closeEnough ? 'ready' : 'not-ready',
      condition: feeds.every(goesWell) ? 'ok' : 'degraded',
      linking,
      views,
      feeds,
    };
  }

  /** A registry that can't be followed keeps nobody from working on what there is. */
  async #feeds(): Promise<Readiness['feeds']> {
    const feeds = await this.#desk.operations.feeds().catch(() => []);
    return feeds.map(({ registry, record, phase, attempts, lastSuccessAt, lastFailureCode, counts }) => ({
      registry,
      record,
      phase,
      attempts,
      lastSuccessAt,
      lastFailureCode,
      complete: counts?.complete ?? null,
    }));
  }

  #linking(): Readiness['linking'] {
    try {
      const { position, caughtUp } = this.#desk.operations.linking();
      return { alive: true, position, caughtUp };
    } catch {
      return { alive: false, position: 0, caughtUp: false };
    }
  }

  /** A thread that does not answer is as good as no views: what failed there is told where it failed. */
  async #views(): Promise<Readiness['views']> {
    try {
      const views = await this.#desk.operations.viewsStatus();
      return views.map(({ name, live, position, lagEvents, lagSeconds, deadLetters, problem }) => ({
        name,
        live,
        position,
        lagEvents,
        lagSeconds,
        deadLetters,
        problem: problem?.code ?? null,
      }));
    } catch {
      return [];
    }
  }
}

const goesWell = ({ attempts, complete }: Readiness['feeds'][number]): boolean => attempts === 0 && complete !== false;
