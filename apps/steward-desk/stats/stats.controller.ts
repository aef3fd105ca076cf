import { Controller, Get, Inject } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { HubStats } from '#contracts/http';
import { Answers } from '../openapi/answers.ts';
import { GetStats } from './get-stats.handler.ts';

@ApiTags('operations')
@Controller('api/v1/stats')
export class StatsController {
  readonly #queries: QueryBus;

  constructor(@Inject(QueryBus) queries: QueryBus) {
    this.#queries = queries;
  }

  @Get()
  @ApiOperation({ summary: 'Counts of events, records, verdicts, the queue, quarantine and dead letters' })
  @Answers('HubStats')
  getStats(): Promise<HubStats> {
    return this.#queries.execute(new GetStats());
  }
}
