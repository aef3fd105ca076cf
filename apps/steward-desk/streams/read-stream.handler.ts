import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { StreamPage } from '#contracts/http';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { limitOf } from '../http/paging.dto.ts';
import { notFound } from '../http/problem.ts';
import { maskedEvent } from './masked-event.ts';
import type { StreamQueryDto } from './streams.dto.ts';

/** A page of one stream, personal parts masked. */
export class ReadStream extends Query<StreamPage> {
  readonly stream: string;
  readonly query: StreamQueryDto;

  constructor(stream: string, query: StreamQueryDto) {
    super();
    this.stream = stream;
    this.query = query;
  }
}

@QueryHandler(ReadStream)
export class ReadStreamHandler implements IQueryHandler<ReadStream> {
  readonly #desk: StewardDeskDeps;

  constructor(@Inject(DESK) desk: StewardDeskDeps) {
    this.#desk = desk;
  }

  async execute({ stream, query }: ReadStream): Promise<StreamPage> {
    const { from, direction = 'forwards' } = query;
    const limit = limitOf(query, this.#desk.settings);
    const events = await this.#desk.store.readStream(stream, { direction, limit, ...(from !== undefined && { from }) });
    if (events.length === 0 && from === undefined) throw notFound('not-found', 'There is no such stream.');
    const last = events.at(-1)?.streamVersion ?? 0;
    const following = direction === 'forwards' ? last + 1 : last - 1;
    const more = events.length === limit && following >= 0;
    return { stream, events: events.map(maskedEvent), next: more ? following : null };
  }
}
