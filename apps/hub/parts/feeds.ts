import type { FeedItem } from '#contracts/http';
import type { RecordType } from '#contracts/records';
import type { Clock } from '#libs/platform';
import { toTimestamp } from '#libs/platform';
import type { Adapter } from '#libs/registries/adapter';
import type { CountsComparison, FeedStatus } from '#libs/registries/feed';

/** What each registry counts of its record types, beside what the hub has. */
export type SourceCounts = Partial<Record<RecordType, CountsComparison>>;

/** Looks after the feeds that are followed: how each goes, and whether all has arrived. */
export interface FeedWatch {
  items(): readonly FeedItem[];
  /** Compares now, what can be compared; rejects when a registry does not answer. */
  compare(): Promise<SourceCounts>;
  close(): void;
}

const COMPARE_SECONDS = 60;

/** Compares the counts of live feeds every so many seconds: while one catches up, all that is on its way would seem lost. */
export function watchFeeds(adapters: readonly Adapter[], clock: Clock, compareSeconds = COMPARE_SECONDS): FeedWatch {
  const compared = new Map<string, CountsComparison & { readonly comparedAt: string }>();
  const statuses = (): readonly FeedStatus[] => adapters.flatMap((adapter) => adapter.status());

  function keep(counts: SourceCounts): SourceCounts {
    const comparedAt = toTimestamp(clock());
    for (const [record, comparison] of Object.entries(counts)) compared.set(record, { ...comparison, comparedAt });
    return counts;
  }

  async function compareLive(): Promise<void> {
    const live = adapters.filter((adapter) => adapter.status().every(({ phase }) => phase === 'live'));
    // A registry that does not answer shows in its feed; its last comparison stands with its time.
    await Promise.allSettled(live.map(async (adapter) => keep(await adapter.compareCounts())));
  }

  const timer = setInterval(() => void compareLive(), compareSeconds * 1_000).unref();

  return {
    items: () => statuses().map((status) => feedItem(status, compared.get(status.record), clock())),
    async compare() {
      const counts = await Promise.all(adapters.map((adapter) => adapter.compareCounts()));
      return keep(Object.assign({}, ...counts) as SourceCounts);
    },
    close: () => clearInterval(timer),
  };
}

function feedItem(status: FeedStatus, counts: FeedItem['counts'] | undefined, now: number): FeedItem {
  const { registry, record, phase, cursor, cursorAt, changes, lag, lastPageAt, lastError, failures } = status;
  return {
    registry,
    record,
    phase,
    cursor: cursor ?? null,
    cursorAgeSeconds: cursorAt === undefined ? null : Math.max(0, (now - Date.parse(cursorAt)) / 1_000),
    changes,
    lag: lag ?? null,
    lastSuccessAt: lastPageAt ?? null,
    lastFailureAt: lastError?.at ?? null,
    lastFailureCode: lastError?.code ?? null,
    attempts: failures,
    counts: counts ?? null,
  };
}
