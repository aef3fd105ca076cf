import { Controller, Get, Inject, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ReconciliationPage } from '#contracts/http';
import { Answers } from '../openapi/answers.ts';
import { GetReconciliation } from './get-reconciliation.handler.ts';
import { ReconciliationParams } from './reconciliation.dto.ts';

@ApiTags('reconciliations')
@Controller('api/v1/reconciliations')
export class ReconciliationController {
  readonly #queries: QueryBus;

  constructor(@Inject(QueryBus) queries: QueryBus) {
    this.#queries = queries;
  }

  @Get(':check/:hash')
  @ApiOperation({ summary: 'Both sides, findings, work and timeline of one check of one record' })
  @Answers('ReconciliationPage', { problems: [400, 404] })
  getReconciliation(@Param() { check, hash }: ReconciliationParams): Promise<ReconciliationPage> {
    return this.#queries.execute(new GetReconciliation(check, hash));
  }
}
