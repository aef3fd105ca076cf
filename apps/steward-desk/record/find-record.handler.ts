import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { recordStream } from '#contracts/events';
import type { RecordReference } from '#contracts/http';
import { REGISTRY_OF, type RecordType, type Registry } from '#contracts/records';
import { writtenForms } from '#libs/registries/validation';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { notFound } from '../http/problem.ts';
import { referenceOf } from './record-reference.ts';

/** The address of the record with a key, however that is written: with spaces, dots or dashes, in either case. */
export class FindRecord extends Query<RecordReference> {
  readonly registry: Registry;
  readonly record: RecordType;
  readonly key: string;

  constructor(registry: Registry, record: RecordType, key: string) {
    super();
    this.registry = registry;
    this.record = record;
    this.key = key;
  }
}

@QueryHandler(FindRecord)
export class FindRecordHandler implements IQueryHandler<FindRecord> {
  readonly #desk: StewardDeskDeps;

  constructor(@Inject(DESK) desk: StewardDeskDeps) {
    this.#desk = desk;
  }

  async execute({ registry, record, key }: FindRecord): Promise<RecordReference> {
    const { hash, store } = this.#desk;
    for (const written of REGISTRY_OF[record] === registry ? writtenForms(record, key) : []) {
      const stream = recordStream(record, hash(registry, record, written));
      if ((await store.readStream(stream, { limit: 1 })).length > 0) return referenceOf(stream);
    }
    throw notFound('record-not-found', 'The hub has no record with this key.');
  }
}
