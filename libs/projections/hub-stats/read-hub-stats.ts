import type { HubStats } from '#contracts/http';
import type { ViewReader } from '../engine/index.ts';
import { openQueue, type FacetValue, type Queue } from '../queue/index.ts';
import { readStats } from '../stats/index.ts';
import { readVerdictCounts } from '../verdicts/index.ts';

/** The views that the counts of the whole hub are put together from. */
export interface HubStatsViews {
  readonly stats: ViewReader;
  readonly verdicts: ViewReader;
  /** The queue's view, or the queue that is kept open on it. */
  readonly queue: ViewReader | Queue;
}

/** What the views count; how the feeds go only the process knows that follows them. */
export type CountedHub = Omit<HubStats, 'feeds'>;

/** Counts of everything, as of a moment in milliseconds since 1970. Throws `ViewNotReadyError` where a view is not there yet. */
export function readHubStats({ stats, verdicts, queue }: HubStatsViews, now: number): CountedHub {
  const { position, events, byType, records, intakes, quarantine, deadLetters } = readStats(stats);
  const { total, tabs, facets } = ('query' in queue ? queue : openQueue(queue)).query({ now, limit: 1 });
  return {
    log: { position, events, byType },
    records,
    verdicts: readVerdictCounts(verdicts),
    queue: { open: total, tabs, byCheck: byValue(facets.check), byCode: byValue(facets.code) },
    intakes,
    quarantine,
    deadLetters,
  };
}

const byValue = (facet: readonly FacetValue<string>[]): Readonly<Record<string, number>> =>
  Object.fromEntries(facet.map(({ value, count }) => [value, count]));
