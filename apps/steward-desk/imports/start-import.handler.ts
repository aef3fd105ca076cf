import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ImportStarted } from '#contracts/http';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { problemOfError } from '../http/problem-of-error.ts';
import { ProblemError } from '../http/problem.ts';
import { ImportRefusedError, type ImportRequest } from './import-service.ts';

/** Takes a file over; its records are taken in afterwards. */
export class StartImport extends Command<ImportStarted> {
  readonly request: ImportRequest;

  constructor(request: ImportRequest) {
    super();
    this.request = request;
  }
}

@CommandHandler(StartImport)
export class StartImportHandler implements ICommandHandler<StartImport> {
  readonly #desk: StewardDeskDeps;

  constructor(@Inject(DESK) desk: StewardDeskDeps) {
    this.#desk = desk;
  }

  async execute({ request }: StartImport): Promise<ImportStarted> {
    try {
      const { importId } = await this.#desk.imports.start(request);
      return { importId };
    } catch (error) {
      // What nobody reads any more must not keep the connection waiting.
      request.stream.resume();
      if (!(error instanceof ImportRefusedError) || problemOfError(error) !== undefined) throw error;
      throw new ProblemError({ status: 422, code: error.code, detail: error.message });
    }
  }
}
