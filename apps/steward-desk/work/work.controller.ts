import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { CommandBus, type Command } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { WorkDone } from '#contracts/http';
import { ClaimMismatchDto } from '../claim-mismatch/claim-mismatch.dto.ts';
import { ClaimMismatch } from '../claim-mismatch/claim-mismatch.handler.ts';
import { HandOverMismatchDto } from '../hand-over-mismatch/hand-over-mismatch.dto.ts';
import { HandOverMismatch } from '../hand-over-mismatch/hand-over-mismatch.handler.ts';
import { Actor } from '../http/actor.ts';
import { Trace } from '../http/trace.ts';
import { ReconciliationParams } from '../reconciliation/reconciliation.dto.ts';
import { ReleaseMismatchDto } from '../release-mismatch/release-mismatch.dto.ts';
import { ReleaseMismatch } from '../release-mismatch/release-mismatch.handler.ts';
import { ReopenMismatchDto } from '../reopen-mismatch/reopen-mismatch.dto.ts';
import { ReopenMismatch } from '../reopen-mismatch/reopen-mismatch.handler.ts';
import { RequestCorrectionDto } from '../request-correction/request-correction.dto.ts';
import { RequestCorrection } from '../request-correction/request-correction.handler.ts';
import { SettleMismatchDto } from '../settle-mismatch/settle-mismatch.dto.ts';
import { SettleMismatch } from '../settle-mismatch/settle-mismatch.handler.ts';
import { WithdrawCorrectionDto } from '../withdraw-correction/withdraw-correction.dto.ts';
import { WithdrawCorrection } from '../withdraw-correction/withdraw-correction.handler.ts';
import type { WorkOutcome, WorkTarget } from './carry-out.ts';
import { AnswersWork, POSITION_HEADER, VIEWS_HEADER } from './answers-work.ts';

@ApiTags('reconciliations')
@Controller('api/v1/reconciliations/:check/:hash')
export class WorkController {
  readonly #commands: CommandBus;

  constructor(@Inject(CommandBus) commands: CommandBus) {
    this.#commands = commands;
  }

  @Post('claim')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take an item, or renew the claim on it' })
  @AnswersWork()
  claimMismatch(
    @Param() params: ReconciliationParams,
    @Body() body: ClaimMismatchDto,
    @Actor() actor: string,
    @Trace() traceparent: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkDone> {
    return this.#carryOut(new ClaimMismatch(targetOf(params, actor, traceparent), body), reply);
  }

  @Post('release')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give an item back to the queue' })
  @AnswersWork()
  releaseMismatch(
    @Param() params: ReconciliationParams,
    @Body() body: ReleaseMismatchDto,
    @Actor() actor: string,
    @Trace() traceparent: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkDone> {
    return this.#carryOut(new ReleaseMismatch(targetOf(params, actor, traceparent), body), reply);
  }

  @Post('hand-over')
  @HttpCode(200)
  @ApiOperation({ summary: 'Pass an item on to a colleague' })
  @AnswersWork()
  handOverMismatch(
    @Param() params: ReconciliationParams,
    @Body() body: HandOverMismatchDto,
    @Actor() actor: string,
    @Trace() traceparent: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkDone> {
    return this.#carryOut(new HandOverMismatch(targetOf(params, actor, traceparent), body), reply);
  }

  @Post('request-correction')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ask the registry that owns a value to correct it' })
  @AnswersWork()
  requestCorrection(
    @Param() params: ReconciliationParams,
    @Body() body: RequestCorrectionDto,
    @Actor() actor: string,
    @Trace() traceparent: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkDone> {
    return this.#carryOut(new RequestCorrection(targetOf(params, actor, traceparent), body), reply);
  }

  @Post('withdraw-correction')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a correction request back' })
  @AnswersWork()
  withdrawCorrection(
    @Param() params: ReconciliationParams,
    @Body() body: WithdrawCorrectionDto,
    @Actor() actor: string,
    @Trace() traceparent: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkDone> {
    return this.#carryOut(new WithdrawCorrection(targetOf(params, actor, traceparent), body), reply);
  }

  @Post('settle')
  @HttpCode(200)
  @ApiOperation({ summary: 'Close an item by a reasoned decision' })
  @AnswersWork()
  settleMismatch(
    @Param() params: ReconciliationParams,
    @Body() body: SettleMismatchDto,
    @Actor() actor: string,
    @Trace() traceparent: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkDone> {
    return this.#carryOut(new SettleMismatch(targetOf(params, actor, traceparent), body), reply);
  }

  @Post('reopen')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a settlement back' })
  @AnswersWork()
  reopenMismatch(
    @Param() params: ReconciliationParams,
    @Body() body: ReopenMismatchDto,
    @Actor() actor: string,
    @Trace() traceparent: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkDone> {
    return this.#carryOut(new ReopenMismatch(targetOf(params, actor, traceparent), body), reply);
  }

  async #carryOut(command: Command<WorkOutcome>, reply: FastifyReply): Promise<WorkDone> {
    const { done, viewsCurrent } = await this.#commands.execute(command);
    void reply.headers({
      [VIEWS_HEADER]: viewsCurrent ? 'current' : 'behind',
      [POSITION_HEADER]: String(done.position),
    });
    return done;
  }
}

function targetOf({ check, hash }: ReconciliationParams, actor: string, traceparent: string | undefined): WorkTarget {
  return { check, hash, actor, traceparent };
}
