import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { QuarantineList } from '#contracts/http';
import { listQuarantine } from '#libs/registries/quarantine';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { limitOf } from '../http/paging.dto.ts';
import type { QuarantineQueryDto } from './quarantine.dto.ts';
import { shownItem } from './shown-item.ts';

/** What is in quarantine, oldest first, without the rows. */
export class ListQuarantine extends Query<QuarantineList> {
  readonly query: QuarantineQueryDto;

  constructor(query: QuarantineQueryDto) {
    super();
    this.query = query;
  }
}

@QueryHandler(ListQuarantine)
export class ListQuarantineHandler implements IQueryHandler<ListQuarantine> {
  readonly #desk: StewardDeskDeps;

  constructor(@Inject(DESK) desk: StewardDeskDeps) {
    this.#desk = desk;
  }

  async execute({ query }: ListQuarantine): Promise<QuarantineList> {
    const { after, registry, record, includeResolved } = query;
    const { items, next, end } = await listQuarantine(this.#desk.store, {
      limit: limitOf(query, this.#desk.settings),
      ...(after !== undefined && { after }),
      ...(registry !== undefined && { registry }),
      ...(record !== undefined && { record }),
      ...(includeResolved !== undefined && { includeResolved }),
    });
    return { items: items.map(shownItem), next, end };
  }
}
