import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { decodeRecordEvent, recordStream, reconciliationStream, UnreadableRecordEventError } from '#contracts/events';
import type { ReconciliationOfRecord, RecordPage } from '#contracts/http';
import { REGISTRY_OF, type RecordContent, type RecordType, type Registry } from '#contracts/records';
import type { Check } from '#contracts/verdicts';
import { checksFrom, partsOf } from '#libs/domain/matching';
import type { RecordedEvent } from '#libs/event-store/port';
import { reconciliationOf } from '#libs/platform';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { notFound } from '../http/problem.ts';
import { findReconciliation } from '../reconciliation/read-reconciliation.ts';
import { findCurrentVersion, referenceOf, shownVersion } from './record-reference.ts';

/** A record with its history and what its checks say of it, from the streams. */
export class GetRecord extends Query<RecordPage> {
  readonly registry: Registry;
  readonly record: RecordType;
  readonly hash: string;

  constructor(registry: Registry, record: RecordType, hash: string) {
    super();
    this.registry = registry;
    this.record = record;
    this.hash = hash;
  }
}

@QueryHandler(GetRecord)
export class GetRecordHandler implements IQueryHandler<GetRecord> {
  readonly #desk: StewardDeskDeps;

  constructor(@Inject(DESK) desk: StewardDeskDeps) {
    this.#desk = desk;
  }

  async execute({ registry, record, hash }: GetRecord): Promise<RecordPage> {
    const { store, settings } = this.#desk;
    const stream = recordStream(record, hash);
    const limit = settings.maxTimelineEvents;
    const events =
      REGISTRY_OF[record] === registry ? await store.readStream(stream, { direction: 'backwards', limit }) : [];
    if (events.length === 0) throw notFound('record-not-found', 'The hub has no such record.');
    const current = events.find(({ data }) => data['late'] !== true) ?? (await findCurrentVersion(store, stream));
    return {
      reference: referenceOf(stream),
      current: current === undefined ? null : shownVersion(current),
      versions: events.map(shownVersion),
      versionsCut: (events.at(-1)?.streamVersion ?? 0) > 0,
      reconciliations: await this.#reconciliationsOf(stream, record, events),
    };
  }

  /** Of everyone who stands in a shown version: whoever has left the record has a reconciliation that ended. */
  async #reconciliationsOf(
    stream: string,
    record: RecordType,
    events: readonly RecordedEvent[],
  ): Promise<readonly ReconciliationOfRecord[]> {
    const { hash, store } = this.#desk;
    const hashes = new Map<string, Check>();
    for (const content of events.flatMap(readableContent)) {
      for (const check of checksFrom(record)) {
        for (const { identity } of partsOf(check, content)) {
          hashes.set(reconciliationOf(hash, check, stream, identity), check);
        }
      }
    }
    const found = [...hashes].map(async ([own, check]): Promise<readonly ReconciliationOfRecord[]> => {
      const reconciliation = await findReconciliation(store, reconciliationStream(check, own));
      if (reconciliation === undefined) return [];
      const { phase, verdict } = reconciliation.state;
      const judged = reconciliation.events.findLast(({ id }) => id === verdict?.id);
      return [
        {
          check,
          hash: own,
          phase,
          outcome: verdict?.outcome ?? null,
          codes: verdict?.codes ?? [],
          verdictId: verdict?.id ?? null,
          judgedAt: judged?.occurredAt ?? null,
        },
      ];
    });
    return (await Promise.all(found)).flat();
  }
}

function readableContent(event: RecordedEvent): readonly RecordContent[] {
  try {
    const { content, withdrawn } = decodeRecordEvent(event);
    return withdrawn ? [] : [content];
  } catch (error) {
    if (error instanceof UnreadableRecordEventError) return [];
    throw error;
  }
}
