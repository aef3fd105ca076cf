import type { RecordCounts } from '../source/index.ts';

/** What the hub has of one record type. */
export interface HubCounts {
  /** Records by key, the withdrawn ones among them. */
  readonly records: number;
  readonly withdrawn: number;
  /** Rows of the type that are in quarantine and not resolved. */
  readonly quarantined: number;
}

/** The source's counts beside the hub's. Meaningful once the feed is live: changes on their way are not lost. */
export interface CountsComparison {
  readonly source: RecordCounts;
  readonly hub: HubCounts;
  /** Records that the source has, and that are neither in the hub nor explained by its quarantine: lost on the way. */
  readonly missing: number;
  /** Records that the hub has and the source doesn't know, such as those taken from a file. */
  readonly surplus: number;
  /** Withdrawals at the source beyond those in the hub and in quarantine: not taken over. */
  readonly withdrawalsMissing: number;
  /** Nothing is missing. */
  readonly complete: boolean;
}

/** Compares what a source counts with what has arrived, so that a silent loss shows. */
export function compareCounts(source: RecordCounts, hub: HubCounts): CountsComparison {
  const missing = Math.max(0, source.records - hub.records - hub.quarantined);
  const surplus = Math.max(0, hub.records - source.records);
  const withdrawalsMissing = Math.max(0, source.withdrawn - hub.withdrawn - hub.quarantined);
  return {
    source,
    hub,
    missing,
    surplus,
    withdrawalsMissing,
    complete: missing === 0 && withdrawalsMissing === 0,
  };
}
