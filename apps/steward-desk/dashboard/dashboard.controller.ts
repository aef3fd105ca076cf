import { Controller, Get, Inject, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { DashboardResult } from '#contracts/http';
import { Answers } from '../openapi/answers.ts';
import { wardsOf } from '../queue/queue-query.ts';
import { DashboardQueryDto } from './dashboard.dto.ts';
import { GetDashboard } from './get-dashboard.handler.ts';

@ApiTags('queue')
@Controller('api/v1/dashboard')
export class DashboardController {
  readonly #queries: QueryBus;

  constructor(@Inject(QueryBus) queries: QueryBus) {
    this.#queries = queries;
  }

  @Get()
  @ApiOperation({ summary: 'Verdicts by check, registry, ward and rules; the trend; the forecast' })
  @Answers('DashboardResult', { problems: [400] })
  getDashboard(@Query() query: DashboardQueryDto): Promise<DashboardResult> {
    const { checks, registries, wards, from, to, targetDay } = query;
    return this.#queries.execute(
      new GetDashboard({
        filter: {
          ...(checks !== undefined && { checks }),
          ...(registries !== undefined && { registries }),
          ...(wards !== undefined && { wards: wardsOf(wards) }),
        },
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        ...(targetDay !== undefined && { targetDay }),
      }),
    );
  }
}
