import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiConsumes, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ImportItem, ImportList, ImportStarted } from '#contracts/http';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { Actor } from '../http/actor.ts';
import { headerText } from '../http/header-text.ts';
import { TAKES_STREAM } from '../http/read-body.ts';
import { Trace } from '../http/trace.ts';
import { invalid } from '../http/validation.ts';
import { Answers, ApiActor, ApiFileBody } from '../openapi/answers.ts';
import { boundedUpload } from './bounded-upload.ts';
import { GetImport } from './get-import.handler.ts';
import { ImportParams, StartImportDto } from './imports.dto.ts';
import { ListImports } from './list-imports.handler.ts';
import { StartImport } from './start-import.handler.ts';

/** The name of an uploaded file, URI-encoded. It may be personal, so it does not stand in the address. */
const FILE_NAME_HEADER = 'Khop-File-Name';
const MAX_FILE_NAME_LENGTH = 255;

@ApiTags('imports')
@Controller('api/v1/imports')
export class ImportsController {
  readonly #queries: QueryBus;
  readonly #commands: CommandBus;
  readonly #desk: StewardDeskDeps;

  constructor(
    @Inject(QueryBus) queries: QueryBus,
    @Inject(CommandBus) commands: CommandBus,
    @Inject(DESK) desk: StewardDeskDeps,
  ) {
    this.#queries = queries;
    this.#commands = commands;
    this.#desk = desk;
  }

  @Post()
  @HttpCode(202)
  @RouteConfig(TAKES_STREAM)
  @ApiActor({ required: true })
  @ApiHeader({ name: FILE_NAME_HEADER, required: true, description: 'URI-encoded', schema: { type: 'string' } })
  @ApiConsumes('application/octet-stream')
  @ApiFileBody()
  @ApiOperation({ summary: 'Hand a file in: answered when it has arrived; its records are taken in afterwards' })
  @Answers('ImportStarted', { status: 202, problems: [400, 413, 422] })
  async startImport(
    @Query() options: StartImportDto,
    @Actor() actor: string,
    @Trace() traceparent: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportStarted> {
    const { registry, record, snapshot = false, dryRun = false, encoding } = options;
    const fileName = fileNameOf(request);
    const body = request.body instanceof Readable ? request.body : Readable.from([]);
    const stream = boundedUpload(body, this.#desk.settings.maxUploadBytes, request.headers['content-length']);
    const started = await this.#commands.execute(
      new StartImport({
        stream,
        fileName,
        snapshot,
        dryRun,
        actor,
        ...(registry !== undefined && { registry }),
        ...(record !== undefined && { record }),
        ...(encoding !== undefined && { encoding }),
        ...(traceparent !== undefined && { traceparent }),
      }),
    );
    void reply.headers({ Location: `/api/v1/imports/${started.importId}` });
    return started;
  }

  @Get()
  @ApiOperation({ summary: 'The latest imports' })
  @Answers('ImportList')
  listImports(): Promise<ImportList> {
    return this.#queries.execute(new ListImports());
  }

  @Get(':importId')
  @ApiOperation({ summary: 'How an import is doing, or what came of it' })
  @Answers('ImportItem', { problems: [400, 404] })
  getImport(@Param() { importId }: ImportParams): Promise<ImportItem> {
    return this.#queries.execute(new GetImport(importId));
  }
}

function fileNameOf({ headers }: FastifyRequest): string {
  const name = headerText(headers['khop-file-name']);
  if (name === undefined || name.length > MAX_FILE_NAME_LENGTH || /[\p{Cc}/\\]/u.test(name)) {
    throw invalid([
      { field: FILE_NAME_HEADER, problems: [`must be a file's name of at most ${MAX_FILE_NAME_LENGTH} characters`] },
    ]);
  }
  return name;
}
