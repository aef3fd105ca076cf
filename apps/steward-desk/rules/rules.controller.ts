import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { RulesActivated, RulesDryRunStarted, RulesDryRunStatus, RulesList } from '#contracts/http';
import { Actor } from '../http/actor.ts';
import { Trace } from '../http/trace.ts';
import { Answers, ApiActor } from '../openapi/answers.ts';
import { ActivateRules } from './activate-rules.handler.ts';
import { GetRulesDryRun } from './get-rules-dry-run.handler.ts';
import { ListRules } from './list-rules.handler.ts';
import { ActivateRulesDto, DEFAULT_SAMPLES, RulesDryRunParams, StartRulesDryRunDto } from './rules.dto.ts';
import { StartRulesDryRun } from './start-rules-dry-run.handler.ts';

@ApiTags('rules')
@Controller('api/v1/rules')
export class RulesController {
  readonly #queries: QueryBus;
  readonly #commands: CommandBus;

  constructor(@Inject(QueryBus) queries: QueryBus, @Inject(CommandBus) commands: CommandBus) {
    this.#queries = queries;
    this.#commands = commands;
  }

  @Get()
  @ApiOperation({ summary: 'Which rules there are, which are in force, and how far records are judged again by them' })
  @Answers('RulesList')
  listRules(): Promise<RulesList> {
    return this.#queries.execute(new ListRules());
  }

  @Post('dry-runs')
  @HttpCode(202)
  @ApiBody({ description: 'Rules, as a file of rules has them', schema: { type: 'object' } })
  @ApiOperation({ summary: 'See what other rules would say of the current records; nothing is written' })
  @Answers('RulesDryRunStarted', { status: 202, problems: [400, 409, 413, 415, 422] })
  async startRulesDryRun(
    @Query() { samples = DEFAULT_SAMPLES }: StartRulesDryRunDto,
    @Body() rules: object,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RulesDryRunStarted> {
    const started = await this.#commands.execute(new StartRulesDryRun(rules, samples));
    void reply.headers({ Location: `/api/v1/rules/dry-runs/${started.dryRunId}` });
    return started;
  }

  @Get('dry-runs/:dryRunId')
  @ApiOperation({ summary: 'How a dry run is doing, or what it found' })
  @Answers('RulesDryRunStatus', { problems: [400, 404] })
  getRulesDryRun(@Param() { dryRunId }: RulesDryRunParams): Promise<RulesDryRunStatus> {
    return this.#queries.execute(new GetRulesDryRun(dryRunId));
  }

  @Post('activations')
  @HttpCode(200)
  @ApiActor({ required: true })
  @ApiOperation({ summary: 'Judge by the rules of a dry run from now on, and all records again, little by little' })
  @Answers('RulesActivated', { problems: [400, 404, 409, 413, 415] })
  activateRules(
    @Body() { dryRunId }: ActivateRulesDto,
    @Actor() actor: string,
    @Trace() traceparent: string | undefined,
  ): Promise<RulesActivated> {
    return this.#commands.execute(new ActivateRules({ dryRunId, actor, traceparent }));
  }
}
