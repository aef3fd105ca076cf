/** What only reads a data directory needs: little enough to be loaded at once. */
export { dataDirectory, type DataDirectory } from '../data-directory.ts';
export { readRejudging, type Rejudging } from '../parts/rejudging.ts';
export { isComplete } from '../parts/completeness.ts';
export { findHubAddress } from '../parts/hub-address.ts';
export { openLog } from '../parts/log.ts';
export { describeFeeds, describeHubStats, readStatsIn } from '../summary.ts';
