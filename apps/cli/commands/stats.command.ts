import type { Command } from 'commander';
import { describeHubStats, readStatsIn } from '#apps/hub/reading';
import { readingData } from '../data.ts';
import { dataDirOption, jsonOption } from '../options.ts';
import { print } from '../output.ts';

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
      const stats = await readingData(dataDir, async ({ directory }) => readStatsIn(directory.views, Date.now()));
      print(json ? JSON.stringify(stats, undefined, 2) : describeHubStats(stats));
    });
}
