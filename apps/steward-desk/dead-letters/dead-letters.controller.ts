import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { DeadLetterItem, DeadLetterList, DeadLetterOutcome } from '#contracts/http';
import { Actor } from '../http/actor.ts';
import { Answers, ApiActor } from '../openapi/answers.ts';
import { DeadLetterParams, SetAsideDto } from './dead-letters.dto.ts';
import { getDeadLetter } from './find-dead-letter.ts';
import { ListDeadLetters } from './list-dead-letters.handler.ts';
import { RetryDeadLetter } from './retry-dead-letter.handler.ts';
import { SetAsideDeadLetter } from './set-aside-dead-letter.handler.ts';

@ApiTags('operations')
@Controller('api/v1/dead-letters')
export class DeadLettersController {
  readonly #queries: QueryBus;
  readonly #commands: CommandBus;

  constructor(@Inject(QueryBus) queries: QueryBus, @Inject(CommandBus) commands: CommandBus) {
    this.#queries = queries;
    this.#commands = commands;
  }

  @Get()
  @ApiOperation({ summary: 'What handlers and views gave up on, with the reasons' })
  @Answers('DeadLetterList')
  listDeadLetters(): Promise<DeadLetterList> {
    return this.#queries.execute(new ListDeadLetters());
  }

  @Get(':handler/:id')
  @ApiOperation({ summary: 'One dead letter' })
  @Answers('DeadLetterItem', { problems: [400, 404] })
  async getDeadLetter(@Param() { handler, id }: DeadLetterParams): Promise<DeadLetterItem> {
    const { items } = await this.#queries.execute(new ListDeadLetters());
    return getDeadLetter(items, handler, id);
  }

  @Post(':handler/:id/retry')
  @HttpCode(200)
  @ApiActor({ required: true })
  @ApiOperation({ summary: 'Hand it to its handler again' })
  @Answers('DeadLetterOutcome', { problems: [400, 404] })
  retryDeadLetter(@Param() params: DeadLetterParams, @Actor() _actor: string): Promise<DeadLetterOutcome> {
    return this.#commands.execute(new RetryDeadLetter(params.handler, params.id));
  }

  @Post(':handler/:id/set-aside')
  @HttpCode(200)
  @ApiActor({ required: true })
  @ApiOperation({ summary: 'Leave it for good, with a reason' })
  @Answers('DeadLetterOutcome', { problems: [400, 404, 413, 415] })
  setAsideDeadLetter(
    @Param() params: DeadLetterParams,
    @Body() { reason }: SetAsideDto,
    @Actor() _actor: string,
  ): Promise<DeadLetterOutcome> {
    return this.#commands.execute(new SetAsideDeadLetter(params.handler, params.id, reason));
  }
}
