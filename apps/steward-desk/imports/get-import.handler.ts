import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { ImportItem } from '#contracts/http';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { notFound } from '../http/problem.ts';
import { shownImport } from './shown-import.ts';

/** How an import is doing, or what came of it. */
export class GetImport extends Query<ImportItem> {
  readonly importId: string;

  constructor(importId: string) {
    super();
    this.importId = importId;
  }
}

@QueryHandler(GetImport)
export class GetImportHandler implements IQueryHandler<GetImport> {
  readonly #desk: StewardDeskDeps;

  constructor(@Inject(DESK) desk: StewardDeskDeps) {
    this.#desk = desk;
  }

  async execute({ importId }: GetImport): Promise<ImportItem> {
    const status = await this.#desk.imports.get(importId);
    if (status === undefined) throw notFound('import-not-found', 'The hub knows of no such import.');
    return shownImport(status);
  }
}
