import type { RecordCounts } from '../source/index.ts';

/** What the hub has of one record type. */
export interface HubCounts {
  /** Records by key, the withdrawn ones among them. */
  readonly records: number;
  readonly withdrawn: number;
  /** Rows of the type that are in quarantine and not resolved. */
  readonly quarantined: number;
  /** What of it the feed has brought; the rest came from files. */
  readonly fromFeed: {
    /** Records whose first version came by the feed. */
    readonly records: number;
    /** Rows of the feed that are, or were, in quarantine. */
    readonly quarantined: number;
    /** Rows of finished catch-ups that brought nothing new: they confirm records that came from files. */
    readonly confirming: number;
  };
}

/** The source's counts beside the hub's. Meaningful once the feed is live: changes on their way are not lost. */
export interface CountsComparison {
  readonly source: RecordCounts;
  readonly hub: HubCounts;
  /** Records that the source has, and that are neither in the hub nor explained by the feed's quarantine: lost on the way. */
  readonly missing: number;
  /** Records that the feed did not bring, and that are there only if files happened to bring the same ones: most likely lost on the way. */
  readonly unconfirmed: number;
  /** Records that the hub has and the source doesn't know, such as those taken from a file. */
  readonly surplus: number;
  /** Withdrawals at the source beyond those in the hub and in the feed's quarantine: not taken over. */
  readonly withdrawalsMissing: number;
  /** Nothing is missing. */
  readonly complete: boolean;
}

/** Compares what a source counts with what its feed has brought, so that a silent loss shows and files don't hide it. */
export function compareCounts(source: RecordCounts, hub: HubCounts): CountsComparison {
  const { fromFeed } = hub;
  const fromFiles = Math.max(0, hub.records - fromFeed.records);
  const missing = Math.max(0, source.records - hub.records - fromFeed.quarantined);
  const notBrought =
    source.records - fromFeed.records - fromFeed.quarantined - Math.min(fromFiles, fromFeed.confirming);
  const unconfirmed = Math.max(0, notBrought - missing);
  const withdrawalsMissing = Math.max(0, source.withdrawn - hub.withdrawn - fromFeed.quarantined);
  return {
    source,
    hub,
    missing,
    unconfirmed,
    surplus: Math.max(0, hub.records - source.records),
    withdrawalsMissing,
    complete: missing === 0 && unconfirmed === 0 && withdrawalsMissing === 0,
  };
}
