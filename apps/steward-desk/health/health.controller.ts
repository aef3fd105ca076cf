import { Controller, Get, HttpStatus, Inject, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Live, Readiness } from '#contracts/http';
import { Answers } from '../openapi/answers.ts';
import { FindReadiness } from './find-readiness.handler.ts';

@ApiTags('operations')
@Controller('health')
export class HealthController {
  readonly #queries: QueryBus;

  constructor(@Inject(QueryBus) queries: QueryBus) {
    this.#queries = queries;
  }

  @Get('live')
  @ApiOperation({ summary: 'Whether the process answers' })
  @Answers('Live')
  live(): Live {
    return { status: 'live' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Whether the linker is alive and the views are close enough to the log; 503 when not' })
  @Answers('Readiness')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.#queries.execute(new FindReadiness());
    if (readiness.status !== 'ready') void reply.code(HttpStatus.SERVICE_UNAVAILABLE);
    return readiness;
  }
}
