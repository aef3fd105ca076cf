import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { QuarantinedRow } from '#contracts/http';
import { findQuarantined } from '#libs/registries/quarantine';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { notFound } from '../http/problem.ts';
import { shownItem } from './shown-item.ts';

/** One row in quarantine, as it stands. */
export class GetQuarantined extends Query<QuarantinedRow> {
  readonly quarantineId: string;

  constructor(quarantineId: string) {
    super();
    this.quarantineId = quarantineId;
  }
}

@QueryHandler(GetQuarantined)
export class GetQuarantinedHandler implements IQueryHandler<GetQuarantined> {
  readonly #desk: StewardDeskDeps;

  constructor(@Inject(DESK) desk: StewardDeskDeps) {
    this.#desk = desk;
  }

  async execute({ quarantineId }: GetQuarantined): Promise<QuarantinedRow> {
    const item = await findQuarantined(this.#desk.store, quarantineId);
    if (item === undefined) throw notFound('quarantine-item-not-found', 'There is no such row in quarantine.');
    return { ...shownItem(item), fileName: item.fileName ?? null, row: item.row };
  }
}
