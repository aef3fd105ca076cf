import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StewardDeskDeps } from './desk-deps.ts';
import type { DeskSettings } from './desk-settings.ts';
import { knownHost } from './http/known-host.ts';
import { measureAnswers } from './http/measure-answers.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { createRateLimit } from './http/rate-limit.ts';
import { readBodies } from './http/read-body.ts';
import { waitForPosition } from './http/read-position.ts';
import { guardRequests } from './http/request-hooks.ts';
import { traceRequests } from './http/trace.ts';
import { validationPipe } from './http/validation.ts';
import { openApiDocument } from './openapi/document.ts';
import { StewardDeskModule } from './steward-desk.module.ts';

export interface ListenOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

/** A desk that listens. */
export interface DeskServer {
  /** Such as `http://127.0.0.1:4600`. */
  readonly address: string;
  /** Answers what has come in, and stops. */
  close(): Promise<void>;
}

/** A part of an address; ids of dead letters are the longest. */
const MAX_PARAM_LENGTH = 300;
const PAGE = 'api';

/** Serves the API and the page that describes it. Rejects with the system's error when it can't listen there. */
export async function createDeskServer(deps: StewardDeskDeps, { host, port }: ListenOptions): Promise<DeskServer> {
  const app = await createDeskApp(deps, host);
  try {
    SwaggerModule.setup(PAGE, app, () => openApiDocument(app), { customSiteTitle: 'Khớp API', raw: ['json'] });
    await app.listen(port, host);
    return { address: await app.getUrl(), close: () => closeInTime(app, deps.settings) };
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** Lets what is being answered end, for a bounded time: an upload may take hours. */
async function closeInTime(app: NestFastifyApplication, { closeGraceMilliseconds }: DeskSettings): Promise<void> {
  const timer = setTimeout(() => app.getHttpServer().closeAllConnections(), closeGraceMilliseconds);
  try {
    await app.close();
  } finally {
    clearTimeout(timer);
  }
}

/** The desk, ready to be initialised. */
export async function createDeskApp(deps: StewardDeskDeps, host: string): Promise<NestFastifyApplication> {
  const { settings, clock, newId, onFailure } = deps;
  const filter = new ProblemFilter(onFailure);
  const adapter = new FastifyAdapter({
    genReqId: newId,
    requestTimeout: settings.requestTimeoutSeconds * 1_000,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      filter.answer(error, request, reply),
  });
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest names the type of its options by a class
  const app = await NestFactory.create<NestFastifyApplication>(StewardDeskModule.register(deps), adapter, {
    logger: false,
    abortOnError: false,
    bodyParser: false,
  });
  const server = adapter.getInstance();
  traceRequests(server);
  if (deps.onAnswer !== undefined) measureAnswers(server, deps.onAnswer);
  readBodies(server, settings);
  guardRequests(server, createRateLimit(settings, clock), knownHost(host));
  waitForPosition(server, deps);
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(filter);
  return app;
}
