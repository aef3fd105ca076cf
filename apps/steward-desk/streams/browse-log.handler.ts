import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { LogPage } from '#contracts/http';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { limitOf } from '../http/paging.dto.ts';
import { maskedEvent } from './masked-event.ts';
import type { LogQueryDto } from './streams.dto.ts';

/** A page of the log, personal parts masked. */
export class BrowseLog extends Query<LogPage> {
  readonly query: LogQueryDto;

  constructor(query: LogQueryDto) {
    super();
    this.query = query;
  }
}

@QueryHandler(BrowseLog)
export class BrowseLogHandler implements IQueryHandler<BrowseLog> {
  readonly #desk: StewardDeskDeps;

  constructor(@Inject(DESK) desk: StewardDeskDeps) {
    this.#desk = desk;
  }

  async execute({ query }: BrowseLog): Promise<LogPage> {
    const { prefix, type, after = 0 } = query;
    const { events, position, end } = await this.#desk.store.readAll({
      after,
      limit: limitOf(query, this.#desk.settings),
      filter: {
        ...(prefix !== undefined && { streamPrefixes: [prefix] }),
        ...(type !== undefined && { types: [type] }),
      },
    });
    return { events: events.map(maskedEvent), next: position, end };
  }
}
