export { readHubStats, type HubStatsViews } from './read-hub-stats.ts';
