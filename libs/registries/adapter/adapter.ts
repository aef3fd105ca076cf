import { join } from 'node:path';
import { REGISTRIES, type RecordType, type Registry } from '#contracts/records';
import type { Rules } from '#contracts/rules';
import type { EventBus } from '#libs/event-bus/port';
import { createAnswerCorrection, startCorrections } from '../corrections/index.ts';
import { definitionOf } from '../definitions/index.ts';
import {
  compareCounts,
  openFeed,
  type CountsComparison,
  type Feed,
  type FeedStatus,
  type FeedTurn,
  type HubCounts,
} from '../feed/index.ts';
import type { IntakeDeps, IntakeProgress } from '../intake/index.ts';
import { createSourceClient, SourceProtocolError } from '../source/index.ts';
import type { AdapterSettings } from './adapter.settings.ts';

/** What an adapter needs from whoever composes it. */
export interface AdapterDeps extends IntakeDeps {
  /** Hands out correction requests; its dead letters are those of the corrections. */
  readonly bus: Pick<EventBus, 'publish' | 'subscribe'>;
  readonly rules: (version: string) => Rules | Promise<Rules>;
  /** Where adapters keep what may be deleted: their place among the correction requests. */
  readonly stateDirectory: string;
  /** What the hub has of a record type, where it knows: without it there is no comparison of counts. */
  readonly hubCounts?: ((record: RecordType) => Promise<HubCounts>) | undefined;
  /** In [0, 1): spreads retries; default `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** Told of each page of a feed what became of its changes. */
  readonly onTaken?: ((counts: IntakeProgress) => void) | undefined;
  /** Told when following one of the feeds begins to fail, and when it goes on. */
  readonly onFeedTurn?: ((turn: FeedTurn) => void) | undefined;
  /** Told of every failure to hand over a correction, which is tried again; the error's message repeats no value where the error has a `code`. */
  readonly onFailure?: ((registry: Registry, error: unknown, failures: number) => void) | undefined;
}

/** The adapter of one registry: follows the registry's feeds, and hands it its correction requests. */
export interface Adapter {
  readonly registry: Registry;
  /** Begins to follow; to be called when the adapters of all registries are open. */
  start(): Promise<void>;
  status(): readonly FeedStatus[];
  /** Intakes that are open for a catch-up: not abandoned. */
  readonly openIntakes: () => readonly string[];
  /** How many records the source has, withdrawn ones too. Throws as `SourceClient` does. */
  countAtSource(signal?: AbortSignal): Promise<number>;
  /** The source's counts beside the hub's, by record type. Throws as `SourceClient` does. */
  compareCounts(signal?: AbortSignal): Promise<Partial<Record<RecordType, CountsComparison>>>;
  /** Ends cleanly. A catch-up that is under way goes on with the next start. */
  stop(): Promise<void>;
}

/**
 * Opens a registry's adapter. Feeds that were never followed begin their intake here, so that absence is held back before
 * any registry is read: open the adapters of all registries, then start them.
 */
export async function openAdapter(registry: Registry, deps: AdapterDeps, settings: AdapterSettings): Promise<Adapter> {
  const { pageSize, waitSeconds, timeoutSeconds, sourceUrl } = settings;
  const { random = Math.random, store, clock } = deps;
  const client = createSourceClient({ baseUrl: sourceUrl, timeoutSeconds });
  const stopping = new AbortController();
  const records: readonly RecordType[] = REGISTRIES[registry];
  const onFailure = (error: unknown, failures: number): void => deps.onFailure?.(registry, error, failures);
  const feeds: readonly Feed[] = await Promise.all(
    records.map((record) =>
      openFeed({ ...deps, client, random, onTurn: deps.onFeedTurn, onTaken: deps.onTaken }, definitionOf(record), {
        pageSize,
        waitSeconds,
      }),
    ),
  );
  let following: Promise<unknown> | undefined;
  let corrections: { stop(): Promise<void> } | undefined;

  return {
    registry,
    async start() {
      following ??= Promise.all(feeds.map((feed) => feed.follow(stopping.signal)));
      corrections ??= await startCorrections(
        {
          ...deps,
          reader: store,
          client,
          answerCorrection: createAnswerCorrection({ store, clock }, registry),
          random,
          onFailure,
        },
        { registry, file: join(deps.stateDirectory, `corrections-${registry}.sqlite`), decisions: { waitSeconds } },
      );
    },
    status: () => feeds.map((feed) => feed.status()),
    openIntakes: () => feeds.flatMap((feed) => feed.openIntake() ?? []),
    async countAtSource(signal) {
      const counts = await client.counts(signal);
      return records.reduce((sum, record) => sum + (counts.records[record]?.records ?? 0), 0);
    },
    async compareCounts(signal) {
      const { hubCounts } = deps;
      if (hubCounts === undefined) return {};
      const counts = await client.counts(signal);
      const compared = records.map(async (record) => {
        const source = counts.records[record];
        if (source === undefined) throw new SourceProtocolError(`The source does not count its ${record} records`);
        return [record, compareCounts(source, await hubCounts(record))] as const;
      });
      return Object.fromEntries(await Promise.all(compared));
    },
    async stop() {
      stopping.abort();
      await Promise.all([following, corrections?.stop()]);
    },
  };
}
