import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { QueueCounts, QueueResult } from '#contracts/http';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { CountQueue } from '../facets/count-queue.handler.ts';
import { CountQueueDto } from '../facets/count-queue.dto.ts';
import { Viewer } from '../http/actor.ts';
import { Answers, ApiActor } from '../openapi/answers.ts';
import { filterOf, pagingOf, type RequestedFilter, type RequestedPage } from './queue-query.ts';
import { QueueQueryDto, SearchQueueDto } from './search-queue.dto.ts';
import { SearchQueue } from './search-queue.handler.ts';

@ApiTags('queue')
@ApiActor({ required: false })
@Controller('api/v1/queue')
export class QueueController {
  readonly #queries: QueryBus;
  readonly #desk: StewardDeskDeps;

  constructor(@Inject(QueryBus) queries: QueryBus, @Inject(DESK) desk: StewardDeskDeps) {
    this.#queries = queries;
    this.#desk = desk;
  }

  @Post('search')
  @HttpCode(200)
  @ApiOperation({ summary: 'A page of the queue with its total and facets; searching by text' })
  @Answers('QueueResult', { problems: [400, 413, 415] })
  searchQueue(@Body() body: SearchQueueDto, @Viewer() viewer: string | undefined): Promise<QueueResult> {
    return this.#search(body, body.filter ?? {}, viewer);
  }

  @Get()
  @ApiOperation({ summary: 'The same by an address, for filters that say nothing of a person' })
  @Answers('QueueResult', { problems: [400] })
  getQueue(@Query() query: QueueQueryDto, @Viewer() viewer: string | undefined): Promise<QueueResult> {
    return this.#search(query, query, viewer);
  }

  @Post('facets')
  @HttpCode(200)
  @ApiOperation({ summary: 'Total, tabs and facets of a filter, without the items' })
  @Answers('QueueCounts', { problems: [400, 413, 415] })
  countQueue(@Body() { filter, tab }: CountQueueDto, @Viewer() viewer: string | undefined): Promise<QueueCounts> {
    return this.#queries.execute(
      new CountQueue({
        filter: filterOf(filter ?? {}),
        ...(tab !== undefined && { tab }),
        ...(viewer !== undefined && { actor: viewer }),
      }),
    );
  }

  #search(paging: RequestedPage, filter: RequestedFilter, viewer: string | undefined): Promise<QueueResult> {
    const { settings } = this.#desk;
    return this.#queries.execute(
      new SearchQueue({
        ...pagingOf(paging, settings),
        filter: filterOf(filter),
        ...(viewer !== undefined && { actor: viewer }),
      }),
    );
  }
}
