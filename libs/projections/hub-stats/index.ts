export { readHubStats, type CountedHub, type HubStatsViews } from './read-hub-stats.ts';
