import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { RecordPage, RecordReference } from '#contracts/http';
import { Answers } from '../openapi/answers.ts';
import { FindRecord } from './find-record.handler.ts';
import { GetRecord } from './get-record.handler.ts';
import { FindRecordDto, RecordParams } from './record.dto.ts';

@ApiTags('records')
@Controller('api/v1/records')
export class RecordController {
  readonly #queries: QueryBus;

  constructor(@Inject(QueryBus) queries: QueryBus) {
    this.#queries = queries;
  }

  @Post('search')
  @HttpCode(200)
  @ApiOperation({ summary: 'The address of the record with a key' })
  @Answers('RecordReference', { problems: [400, 404, 413, 415] })
  findRecord(@Body() { registry, record, key }: FindRecordDto): Promise<RecordReference> {
    return this.#queries.execute(new FindRecord(registry, record, key));
  }

  @Get(':registry/:record/:hash')
  @ApiOperation({ summary: 'A record, its history, and what its checks say' })
  @Answers('RecordPage', { problems: [400, 404] })
  getRecord(@Param() { registry, record, hash }: RecordParams): Promise<RecordPage> {
    return this.#queries.execute(new GetRecord(registry, record, hash));
  }
}
