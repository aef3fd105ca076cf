import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { QuarantinedRow, QuarantineList, Resubmitted } from '#contracts/http';
import { Actor } from '../http/actor.ts';
import { Trace } from '../http/trace.ts';
import { Answers, ApiActor } from '../openapi/answers.ts';
import { GetQuarantined } from './get-quarantined.handler.ts';
import { ListQuarantine } from './list-quarantine.handler.ts';
import { QuarantineParams, QuarantineQueryDto, ResubmitDto } from './quarantine.dto.ts';
import { ResubmitQuarantined } from './resubmit-quarantined.handler.ts';

@ApiTags('quarantine')
@Controller('api/v1/quarantine')
export class QuarantineController {
  readonly #queries: QueryBus;
  readonly #commands: CommandBus;

  constructor(@Inject(QueryBus) queries: QueryBus, @Inject(CommandBus) commands: CommandBus) {
    this.#queries = queries;
    this.#commands = commands;
  }

  @Get()
  @ApiOperation({ summary: 'Rows that could not be taken in, with their reasons' })
  @Answers('QuarantineList', { problems: [400] })
  listQuarantine(@Query() query: QuarantineQueryDto): Promise<QuarantineList> {
    return this.#queries.execute(new ListQuarantine(query));
  }

  @Get(':quarantineId')
  @ApiOperation({ summary: 'One row, as it stands in quarantine' })
  @Answers('QuarantinedRow', { problems: [400, 404] })
  getQuarantined(@Param() { quarantineId }: QuarantineParams): Promise<QuarantinedRow> {
    return this.#queries.execute(new GetQuarantined(quarantineId));
  }

  @Post(':quarantineId/resubmit')
  @HttpCode(200)
  @ApiActor({ required: true })
  @ApiOperation({ summary: 'Try a row again, fixed or as it stands' })
  @Answers('Resubmitted', { problems: [400, 404, 409, 413, 415, 422] })
  resubmitQuarantined(
    @Param() { quarantineId }: QuarantineParams,
    @Body() { row }: ResubmitDto,
    @Actor() actor: string,
    @Trace() traceparent: string | undefined,
  ): Promise<Resubmitted> {
    return this.#commands.execute(new ResubmitQuarantined({ quarantineId, row, actor, traceparent }));
  }
}
