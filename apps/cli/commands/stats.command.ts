import type { Command } from 'commander';
import {
  describeFeeds,
  describeHubStats,
  findHubAddress,
  readRejudging,
  readStatsIn,
  type DataDirectory,
  type Rejudging,
} from '#apps/hub/reading';
import type { FeedItem, HubStats } from '#contracts/http';
import { readingData } from '../data.ts';
import { CommandError } from '../failure.ts';
import { connectToHub } from '../hub-client.ts';
import { dataDirOption, jsonOption } from '../options.ts';
import { print } from '../output.ts';
import { describeRejudging } from '../rules/describe-rules.ts';

interface Options {
  readonly dataDir: string;
  readonly json: boolean;
}

/** Options and action of `khop stats`. */
export function defineStats(command: Command): void {
  command
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async ({ dataDir, json }: Options) => {
      const stats = await readingData(dataDir, async ({ directory }): Promise<Stats> => ({
        ...readStatsIn(directory.views, Date.now()),
        feeds: await feedsOf(directory),
        rejudging: readRejudging(directory),
      }));
      print(json ? JSON.stringify(stats, undefined, 2) : textOf(stats));
    });
}

interface Stats extends HubStats {
  readonly rejudging: Rejudging | null;
}

const textOf = (stats: Stats): string =>
  [
    describeHubStats(stats),
    describeFeeds(stats.feeds),
    stats.rejudging === null ? '' : describeRejudging(stats.rejudging),
  ]
    .filter((part) => part !== '')
    .join('\n\n');

/** How following goes, the running hub alone knows; without one nothing is followed. */
async function feedsOf(directory: DataDirectory): Promise<readonly FeedItem[]> {
  const address = await findHubAddress(directory);
  if (address === undefined) return [];
  try {
    return ((await connectToHub(address).get('/api/v1/stats')) as HubStats).feeds;
  } catch (error) {
    // A hub that was killed leaves its address behind; one that ends does not answer any more.
    if (error instanceof CommandError) return [];
    throw error;
  }
}
