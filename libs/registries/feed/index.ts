export { compareCounts, type CountsComparison, type HubCounts } from './compare-counts.ts';
export { FeedFollowedTwiceError, readFeedPlace, type FeedPlace } from './feed-cursor.ts';
export type { FeedStatus, FeedTurn } from './feed-status.ts';
export { openFeed, type Feed, type FeedDeps } from './feed.follower.ts';
export { DEFAULT_FEED_SETTINGS, FEED_SETTINGS, type FeedSettings } from './feed.settings.ts';
