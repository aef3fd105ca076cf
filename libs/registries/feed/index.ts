export { compareCounts, type CountsComparison, type HubCounts } from './compare-counts.ts';
export { FeedFollowedTwiceError, readFeedPlace, type FeedPlace } from './feed-cursor.ts';
export type { FeedStatus, FeedTurn } from './feed-status.ts';
export { DEFAULT_FEED_SETTINGS, openFeed, type Feed, type FeedDeps, type FeedSettings } from './feed.follower.ts';
