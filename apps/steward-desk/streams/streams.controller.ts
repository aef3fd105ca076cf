import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { LogPage, StreamPage } from '#contracts/http';
import { Answers } from '../openapi/answers.ts';
import { BrowseLog } from './browse-log.handler.ts';
import { ReadStream } from './read-stream.handler.ts';
import { LogQueryDto, StreamParams, StreamQueryDto } from './streams.dto.ts';

@ApiTags('operations')
@Controller('api/v1/streams')
export class StreamsController {
  readonly #queries: QueryBus;

  constructor(@Inject(QueryBus) queries: QueryBus) {
    this.#queries = queries;
  }

  @Get()
  @ApiOperation({ summary: 'A page of the log, by stream prefix and type; personal parts are masked' })
  @Answers('LogPage', { problems: [400] })
  browseLog(@Query() query: LogQueryDto): Promise<LogPage> {
    return this.#queries.execute(new BrowseLog(query));
  }

  @Get(':stream')
  @ApiOperation({ summary: 'A page of one stream; personal parts are masked' })
  @Answers('StreamPage', { problems: [400, 404] })
  readStream(@Param() { stream }: StreamParams, @Query() query: StreamQueryDto): Promise<StreamPage> {
    return this.#queries.execute(new ReadStream(stream, query));
  }
}
