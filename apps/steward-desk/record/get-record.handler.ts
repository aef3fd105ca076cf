import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { recordStream } from '#contracts/events';
import type { EventOfRecord, RecordPage } from '#contracts/http';
import { REGISTRY_OF, type RecordType, type Registry } from '#contracts/records';
import type { RecordedEvent } from '#libs/event-store/port';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';
import { notFound } from '../http/problem.ts';
import { timelineEvent } from '../reconciliation/timeline.ts';
import { DeskViews } from '../views/desk-views.ts';
import { DeskRules } from '../rules/desk-rules.ts';
import { findReconciliationsOf, type TouchingReconciliation } from './record-reconciliations.ts';
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
  readonly #views: DeskViews;

  readonly #rules: DeskRules;

  constructor(
    @Inject(DESK) desk: StewardDeskDeps,
    @Inject(DeskViews) views: DeskViews,
    @Inject(DeskRules) rules: DeskRules,
  ) {
    this.#desk = desk;
    this.#views = views;
    this.#rules = rules;
  }

  async execute({ registry, record, hash }: GetRecord): Promise<RecordPage> {
    const { store, settings } = this.#desk;
    const stream = recordStream(record, hash);
    const limit = settings.maxTimelineEvents;
    const events =
      REGISTRY_OF[record] === registry ? await store.readStream(stream, { direction: 'backwards', limit }) : [];
    if (events.length === 0) throw notFound('record-not-found', 'The hub has no such record.');
    const current = events.find(({ data }) => data['late'] !== true) ?? (await findCurrentVersion(store, stream));
    const { found, cut } = await findReconciliationsOf({ ...this.#desk, rules: this.#rules }, this.#views.verdicts, {
      stream,
      type: record,
      events,
    });
    const versionsCut = (events.at(-1)?.streamVersion ?? 0) > 0;
    const happened = happenings(events, found);
    return {
      reference: referenceOf(stream),
      current: current === undefined ? null : shownVersion(current),
      versions: events.map(shownVersion),
      versionsCut,
      reconciliations: found.map(({ shown }) => shown),
      reconciliationsCut: cut,
      timeline: happened.slice(0, limit),
      timelineCut: versionsCut || happened.length > limit,
    };
  }
}

/** Newest first. What a version holds stands among the versions. */
function happenings(
  versions: readonly RecordedEvent[],
  found: readonly TouchingReconciliation[],
): readonly EventOfRecord[] {
  const ofRecord = versions.map((event) => ({ ...timelineEvent(event), personal: null, check: null, hash: null }));
  const ofChecks = found.flatMap(({ shown: { check, hash }, events }) =>
    events.map((event) => ({ ...timelineEvent(event), check, hash })),
  );
  return [...ofRecord, ...ofChecks].sort((a, b) => b.position - a.position);
}
