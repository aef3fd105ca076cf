import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IntakeFinished, IntakeStarted, RecordQuarantined, recordTypeOfStream } from '#contracts/events';
import type { RecordedEvent } from '#libs/event-store/port';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { createKeyedHash, newId } from '#libs/platform';
import { definitionOf } from '../../definitions/index.ts';
import { openMockSource, type MockSource, type SourceSettings } from '../../mock-source/index.ts';
import { createSourceClient, type SourceClient } from '../../source/index.ts';
import { openFeed, type Feed, type FeedDeps, type HubCounts } from '../index.ts';

export const resident = (number: number, fullName = 'Nguyễn Thị Mẫu') => ({
  personalId: `0011800${String(number).padStart(5, '0')}`,
  fullName,
  dateOfBirth: '1980-05-17',
  gender: 'FEMALE',
  status: 'ALIVE',
});
export const residents = (count: number) => Array.from({ length: count }, (_, number) => resident(number));

/** A registry of residents and a hub that follows its feed, in a directory of its own. */
export class Scene {
  readonly #directory: string;
  readonly store: SqliteEventStore;
  readonly source: MockSource;
  readonly client: SourceClient;
  #following: Promise<void>[] = [];
  #stop = new AbortController();
  feed: Feed | undefined;

  private constructor(directory: string, store: SqliteEventStore, source: MockSource, url: string) {
    this.#directory = directory;
    this.store = store;
    this.source = source;
    this.client = createSourceClient({ baseUrl: url, timeoutSeconds: 5 });
  }

  static async open(settings: Partial<SourceSettings> = {}, seed = 1): Promise<Scene> {
    const directory = mkdtempSync(join(tmpdir(), 'khop-feed-'));
    const store = await SqliteEventStore.open({ directory });
    const source = openMockSource({
      recordTypes: ['resident'],
      file: ':memory:',
      keyOf: (_, content) =>
        typeof content === 'object' && content !== null && 'personalId' in content
          ? String(content.personalId)
          : undefined,
      settings,
      seed,
    });
    return new Scene(directory, store, source, await source.listen());
  }

  /** Opens the feed and follows it. `deps` stand in for the real ones. */
  async follow(deps: Partial<FeedDeps> = {}, pageSize = 50): Promise<Feed> {
    const feed = await openFeed(
      {
        store: this.store,
        hash: createKeyedHash(new Uint8Array(32)),
        clock: Date.now,
        newId,
        client: this.client,
        random: () => 0,
        ...deps,
      },
      definitionOf('resident'),
      { pageSize, waitSeconds: 1, backoff: { firstMilliseconds: 2, longestMilliseconds: 20 } },
    );
    this.feed = feed;
    this.#following.push(feed.follow(this.#stop.signal));
    return feed;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#following.splice(0));
    this.#stop = new AbortController();
  }

  async close(): Promise<void> {
    await this.stop();
    await this.source.close();
    await this.store.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async events(): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for (let after = 0; ;) {
      const page = await this.store.readAll({ after });
      events.push(...page.events);
      if (page.end) return events;
      after = page.position;
    }
  }

  async records(): Promise<readonly RecordedEvent[]> {
    return (await this.events()).filter(({ stream }) => recordTypeOfStream(stream) !== undefined);
  }

  /** Starts and ends of intakes, in order. */
  async frames(): Promise<readonly string[]> {
    const events = await this.events();
    return events.flatMap(({ type }) =>
      type === IntakeStarted.type ? ['started'] : type === IntakeFinished.type ? ['finished'] : [],
    );
  }

  async hubCounts(): Promise<HubCounts> {
    const [records, events] = [await this.records(), await this.events()];
    const counts = {
      records: new Set(records.map(({ stream }) => stream)).size,
      quarantined: events.filter(({ type }) => type === RecordQuarantined.type).length,
    };
    return {
      ...counts,
      withdrawn: records.filter(({ data }) => data['withdrawn'] === true).length,
      fromFeed: { ...counts, confirming: 0 },
    };
  }

  /** Waits until the feed is live with everything that the source has, at most ten seconds. */
  async caughtUp(): Promise<void> {
    const head = this.source.counts().records['resident']?.changes ?? 0;
    await until(
      () => this.feed?.status(),
      (status) => status?.phase === 'live' && Number(status.cursor ?? 0) >= head,
    );
  }
}

export async function until<T>(look: () => T | Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries++) {
    const value = await look();
    if (holds(value)) return value;
    if (tries > 1000) throw new Error(`It did not come to that: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
