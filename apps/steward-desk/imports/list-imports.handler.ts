import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { ImportList } from '#contracts/http';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { shownImport } from './shown-import.ts';

/** The latest imports. */
export class ListImports extends Query<ImportList> {}

@QueryHandler(ListImports)
export class ListImportsHandler implements IQueryHandler<ListImports> {
  readonly #desk: StewardDeskDeps;

  constructor(@Inject(DESK) desk: StewardDeskDeps) {
    this.#desk = desk;
  }

  async execute(): Promise<ImportList> {
    const { imports, settings } = this.#desk;
    return { items: (await imports.list(settings.pageSize)).map(shownImport) };
  }
}
